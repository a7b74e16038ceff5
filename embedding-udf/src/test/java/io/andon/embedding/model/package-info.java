@NullMarked
package io.andon.embedding.model;

import org.jspecify.annotations.NullMarked;
