/**
 * Tells whether a picture is worth sending. Pure: no clock, no GStreamer, no Kafka; the same
 * pictures and capture times give the same answers.
 */
@NullMarked
package io.andon.ingest.gate;

import org.jspecify.annotations.NullMarked;
