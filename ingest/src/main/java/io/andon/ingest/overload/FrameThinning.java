package io.andon.ingest.overload;

import io.andon.contracts.FrameHeaders;
import io.andon.ingest.camera.OutgoingFrame;
import org.jspecify.annotations.Nullable;

/**
 * Lets an even share of one camera's frames through: of ten frames at a share of 0.3 the fourth,
 * seventh and tenth. The next one tells how many were left out, and what they would have told. Used
 * by one thread.
 */
public final class FrameThinning {
  private double credit;
  private boolean damaged;

  /** Frames left out in a row. */
  private int leftOut;

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
      leftOut = Math.min(leftOut + 1, FrameHeaders.MAX_INTERVALS - 1);
      return null;
    }
    credit -= 1;
    return told(frame, true);
  }

  private OutgoingFrame told(OutgoingFrame frame, boolean rateLowered) {
    OutgoingFrame told =
        rateLowered || leftOut > 0
            ? frame.thinned(frame.damaged() || damaged, rateLowered, 1 + leftOut)
            : frame;
    damaged = false;
    leftOut = 0;
    return told;
  }
}
