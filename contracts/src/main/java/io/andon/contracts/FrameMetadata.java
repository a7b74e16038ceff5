package io.andon.contracts;

import java.util.Set;

/**
 * What travels in the headers of a record of {@code andon.frames}.
 *
 * @param camera camera id (the record's key)
 * @param capturedMicros capture time, microseconds since the epoch
 * @param clock which clock gave the capture time
 * @param play number of the connection; increases with every connection
 * @param seq gap-free number within the play, from 0
 * @param width picture width in pixels
 * @param height picture height in pixels
 * @param flags what only ingest can know about the frame
 */
public record FrameMetadata(
    String camera,
    long capturedMicros,
    ClockSource clock,
    long play,
    long seq,
    int width,
    int height,
    Set<FrameFlag> flags) {
  public FrameMetadata {
    flags = Set.copyOf(flags);
  }
}
