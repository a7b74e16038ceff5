/** How close the job comes to its model's own limit, and how far past simpler designs it is. */
@NullMarked
package io.andon.bench.speed;

import org.jspecify.annotations.NullMarked;
