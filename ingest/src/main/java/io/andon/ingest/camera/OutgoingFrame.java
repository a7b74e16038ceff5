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
 * @param picture number of the picture that the camera's gate let through last
 * @param repeated whether this one shows nothing else, so that it need not be sent
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
    boolean repeated) {

  /** A frame that is to be sent with its picture. */
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
        false);
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
        isRepeated);
  }
}
