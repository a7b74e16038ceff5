@NullMarked
package io.andon.bench.evaluate.metrics;

import org.jspecify.annotations.NullMarked;
