package io.andon.contracts;

/**
 * Names one frame, so that a reader can fetch it and verify what it fetched.
 *
 * @param topic Kafka topic
 * @param partition Kafka partition, 0 or more
 * @param offset Kafka offset, 0 or more
 * @param camera camera id, see {@link CameraId}
 * @param play number of the connection the frame came by; increases with every connection
 * @param seq number within the play, from 0; missing only where the broker did not take the frame
 */
public record FrameRef(
    String topic, int partition, long offset, String camera, long play, long seq) {}
