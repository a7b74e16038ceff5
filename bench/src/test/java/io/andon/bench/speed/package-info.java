@NullMarked
package io.andon.bench.speed;

import org.jspecify.annotations.NullMarked;
