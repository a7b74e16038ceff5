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
 * @param seq number within the play, from 0; missing only where the broker did not take the frame
 * @param width picture width in pixels
 * @param height picture height in pixels
 * @param flags what only ingest can know about the frame
 * @param sameAs number of an earlier frame of the same play whose picture this one repeats; then
 *     the record has no picture of its own. Empty for a frame with a picture
 * @param intervals how many of the camera's frame intervals lie between this frame and the one
 *     numbered before it, 1..{@link FrameHeaders#MAX_INTERVALS}; more than 1 where frames between
 *     the two were left out because the job lags, 1 where that is not known
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
    OptionalLong sameAs,
    int intervals) {
  public FrameMetadata {
    flags = Set.copyOf(flags);
  }

  /** A frame before which none was left out. */
  public FrameMetadata(
      String camera,
      long capturedMicros,
      ClockSource clock,
      long play,
      long seq,
      int width,
      int height,
      Set<FrameFlag> flags,
      OptionalLong sameAs) {
    this(camera, capturedMicros, clock, play, seq, width, height, flags, sameAs, 1);
  }

  /** A frame with a picture of its own, before which none was left out. */
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
