/** What the model reaches by itself: one of the two packages that run TensorFlow. */
@NullMarked
package io.andon.bench.speed.limit;

import org.jspecify.annotations.NullMarked;
