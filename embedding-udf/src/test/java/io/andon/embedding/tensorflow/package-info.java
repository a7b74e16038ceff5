@NullMarked
package io.andon.embedding.tensorflow;

import org.jspecify.annotations.NullMarked;
