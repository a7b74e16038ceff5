/** Figures of merit, computed from scores and labels alone. */
@NullMarked
package io.andon.bench.evaluate.metrics;

import org.jspecify.annotations.NullMarked;
