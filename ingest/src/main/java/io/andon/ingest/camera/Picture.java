package io.andon.ingest.camera;

import java.util.OptionalLong;

/**
 * A picture as it came from a camera, scaled and encoded.
 *
 * @param jpeg JPEG, 4:2:0
 * @param width pixels
 * @param height pixels
 * @param arrivalMicros wall-clock time it arrived here, microseconds since the epoch
 * @param senderMicros capture time by the camera's clock, microseconds since the epoch; empty where
 *     the camera gives none
 * @param damaged whether the decoder complained since the picture before
 */
public record Picture(
    byte[] jpeg,
    int width,
    int height,
    long arrivalMicros,
    OptionalLong senderMicros,
    boolean damaged) {}
