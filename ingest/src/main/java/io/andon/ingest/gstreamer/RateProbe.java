package io.andon.ingest.gstreamer;

import io.andon.ingest.camera.FrameRateLimit;
import org.freedesktop.gstreamer.Pad;

/**
 * Leaves the pictures above a camera's rate out, on the pad before the scaler. GStreamer's {@code
 * videorate} can't: it ends the process when a stream states no frame rate, and its rate is an
 * average since the connection began, so that a slow night lets a fast day pass whole.
 */
final class RateProbe implements AutoCloseable {
  private final PadWatch watch;

  private RateProbe(FrameRateLimit limit, Pad before) {
    watch =
        PadWatch.attach(
            before,
            GstNative.PROBE_BUFFER,
            picture -> limit.passes(picture.getLong(GstNative.BUFFER_PTS)));
  }

  /**
   * Limits what passes a pad.
   *
   * @param fps most frames a second
   * @param before pad upstream of the scaler; lives longer than this
   */
  static RateProbe attach(int fps, Pad before) {
    return new RateProbe(new FrameRateLimit(fps), before);
  }

  /**
   * To be asked by the thread that pulls.
   *
   * @throws RuntimeException if a picture could not be decided about
   */
  void requireWorking() {
    watch.requireWorking();
  }

  /** Lets everything pass from here on; the pipeline has been stopped, so nothing does. */
  @Override
  public void close() {
    watch.close();
  }
}
