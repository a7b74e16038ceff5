package io.andon.detection;

/**
 * Which frame an observation is of. Ordered within a camera by play, then seq.
 *
 * @param capturedMicros capture time, microseconds since the epoch
 * @param play number of the camera's connection
 * @param seq number within the play
 * @param partition Kafka partition, for evidence by reference
 * @param offset Kafka offset, for evidence by reference
 */
public record FrameStamp(long capturedMicros, long play, long seq, int partition, long offset) {}
