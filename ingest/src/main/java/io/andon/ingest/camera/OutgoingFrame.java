package io.andon.ingest.camera;

import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameHeaders;

/**
 * A frame on its way to Kafka, before it is numbered.
 *
 * @param jpeg JPEG, 4:2:0
 * @param width pixels, 1 to {@link FrameHeaders#MAX_SIDE}
 * @param height pixels, 1 to {@link FrameHeaders#MAX_SIDE}
 * @param capturedMicros capture time, microseconds since the epoch
 * @param clock which clock gave the capture time
 * @param distrusted whether the camera gave a time that was not believed
 * @param damaged whether parts of it were lost, or of what it builds on
 * @param rateLowered whether frames are left out because the job lags
 * @param play number of the connection
 * @param picture number of the picture that the camera's gate let through last
 * @param repeated whether this one shows nothing else, so that it need not be sent
 * @param intervals frame intervals since the frame before it that was let through, 1 or more
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
    long play,
    long picture,
    boolean repeated,
    int intervals) {

  /**
   * Makes a frame; one that its headers can't tell is refused here, on its own camera's thread.
   *
   * @throws IllegalArgumentException if a value is outside its bounds
   */
  public OutgoingFrame {
    within("width", width, 1, FrameHeaders.MAX_SIDE);
    within("height", height, 1, FrameHeaders.MAX_SIDE);
    within("capturedMicros", capturedMicros, 0, FrameHeaders.MAX_CAPTURED_MICROS);
    within("play", play, 0, Long.MAX_VALUE);
    within("intervals", intervals, 1, FrameHeaders.MAX_INTERVALS);
  }

  private static void within(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", allowed is " + least + " to " + most);
    }
  }

  /** A frame that is to be sent with its picture, right after the one before it. */
  public OutgoingFrame(
      byte[] jpeg,
      int width,
      int height,
      long capturedMicros,
      ClockSource clock,
      boolean distrusted,
      boolean damaged,
      boolean rateLowered,
      long play) {
    this(
        jpeg,
        width,
        height,
        capturedMicros,
        clock,
        distrusted,
        damaged,
        rateLowered,
        play,
        0,
        false,
        1);
  }

  /**
   * The same frame behind frames that were left out.
   *
   * @param isDamaged whether this one or one of those left out is damaged
   * @param isRateLowered whether more are going to be left out
   * @param frameIntervals frame intervals since the frame that was let through before
   */
  public OutgoingFrame thinned(boolean isDamaged, boolean isRateLowered, int frameIntervals) {
    return new OutgoingFrame(
        jpeg,
        width,
        height,
        capturedMicros,
        clock,
        distrusted,
        isDamaged,
        isRateLowered,
        play,
        picture,
        repeated,
        frameIntervals);
  }

  /** The same frame as the gate sees it. */
  public OutgoingFrame gated(long ofPicture, boolean isRepeated) {
    return new OutgoingFrame(
        jpeg,
        width,
        height,
        capturedMicros,
        clock,
        distrusted,
        damaged,
        rateLowered,
        play,
        ofPicture,
        isRepeated,
        intervals);
  }
}
