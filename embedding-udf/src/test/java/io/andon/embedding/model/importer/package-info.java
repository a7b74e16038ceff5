@NullMarked
package io.andon.embedding.model.importer;

import org.jspecify.annotations.NullMarked;
