@NullMarked
package io.andon.bench.picture;

import org.jspecify.annotations.NullMarked;
