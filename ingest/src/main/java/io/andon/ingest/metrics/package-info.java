/** The catalogue of this process's metrics and the meters behind it. */
@NullMarked
package io.andon.ingest.metrics;

import org.jspecify.annotations.NullMarked;
