@NullMarked
package io.andon.embedding.picture;

import org.jspecify.annotations.NullMarked;
