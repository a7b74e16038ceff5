@NullMarked
package io.andon.embedding.testing;

import org.jspecify.annotations.NullMarked;
