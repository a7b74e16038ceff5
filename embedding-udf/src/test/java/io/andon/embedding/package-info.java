@NullMarked
package io.andon.embedding;

import org.jspecify.annotations.NullMarked;
