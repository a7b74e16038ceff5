package io.andon.contracts;

import java.util.OptionalLong;
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
 * @param sameAs number of an earlier frame of the same play whose picture this one repeats; then
 *     the record has no picture of its own. Empty for a frame with a picture
 */
public record FrameMetadata(
    String camera,
    long capturedMicros,
    ClockSource clock,
    long play,
    long seq,
    int width,
    int height,
    Set<FrameFlag> flags,
    OptionalLong sameAs) {
  public FrameMetadata {
    flags = Set.copyOf(flags);
  }

  /** A frame with a picture of its own. */
  public FrameMetadata(
      String camera,
      long capturedMicros,
      ClockSource clock,
      long play,
      long seq,
      int width,
      int height,
      Set<FrameFlag> flags) {
    this(camera, capturedMicros, clock, play, seq, width, height, flags, OptionalLong.empty());
  }

  /** Whether its picture is that of an earlier frame, so that its record has none. */
  public boolean repeatsPicture() {
    return sameAs.isPresent();
  }
}
