@NullMarked
package io.andon.job.metrics;

import org.jspecify.annotations.NullMarked;
