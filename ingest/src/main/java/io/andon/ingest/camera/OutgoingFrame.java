package io.andon.ingest.camera;

import io.andon.contracts.ClockSource;

/**
 * A frame on its way to Kafka, before it is numbered.
 *
 * @param jpeg JPEG, 4:2:0
 * @param width pixels
 * @param height pixels
 * @param capturedMicros capture time, microseconds since the epoch
 * @param clock which clock gave the capture time
 * @param distrusted whether the camera gave a time that was not believed
 * @param damaged whether the decoder complained since the frame before
 * @param rateLowered whether frames are left out because the job lags
 * @param play number of the connection
 */
public record OutgoingFrame(
    byte[] jpeg,
    int width,
    int height,
    long capturedMicros,
    ClockSource clock,
    boolean distrusted,
    boolean damaged,
    boolean rateLowered,
    long play) {}
