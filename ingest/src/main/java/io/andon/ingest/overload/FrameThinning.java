package io.andon.ingest.overload;

import io.andon.ingest.camera.OutgoingFrame;
import org.jspecify.annotations.Nullable;

/**
 * Lets an even share of one camera's frames through: of ten frames at a share of 0.3 the fourth,
 * seventh and tenth. What a frame that is left out would have told is told by the next one. Used by
 * one thread.
 */
public final class FrameThinning {
  private double credit;
  private boolean damaged;

  /**
   * Decides about a frame.
   *
   * @param share share of the frames that is sent, above 0 and at most 1
   * @return the frame to send, marked if the rate is lowered; null if it is left out
   */
  public @Nullable OutgoingFrame admit(OutgoingFrame frame, double share) {
    if (share >= 1) {
      credit = 0;
      return told(frame, false);
    }
    credit += share;
    if (credit < 1) {
      damaged |= frame.damaged();
      return null;
    }
    credit -= 1;
    return told(frame, true);
  }

  private OutgoingFrame told(OutgoingFrame frame, boolean rateLowered) {
    OutgoingFrame told =
        rateLowered || damaged
            ? new OutgoingFrame(
                frame.jpeg(),
                frame.width(),
                frame.height(),
                frame.capturedMicros(),
                frame.clock(),
                frame.distrusted(),
                frame.damaged() || damaged,
                rateLowered,
                frame.play(),
                frame.picture(),
                frame.repeated())
            : frame;
    damaged = false;
    return told;
  }
}
