/** The way from a captured frame to its record on Kafka. */
@NullMarked
package io.andon.ingest.kafka;

import org.jspecify.annotations.NullMarked;
