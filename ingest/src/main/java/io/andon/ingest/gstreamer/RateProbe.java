package io.andon.ingest.gstreamer;

import com.sun.jna.Pointer;
import io.andon.ingest.camera.FrameRateLimit;
import io.andon.ingest.camera.IntegrityTrack;
import org.freedesktop.gstreamer.Pad;

/**
 * Leaves the pictures above a camera's rate out, on the pad before the scaler. GStreamer's {@code
 * videorate} can't: it ends the process when a stream states no frame rate, and its rate is an
 * average since the connection began, so that a slow night lets a fast day pass whole. Each
 * picture's own word on its integrity is noted on the way.
 */
final class RateProbe implements AutoCloseable {
  private final FrameRateLimit limit;
  private final IntegrityTrack track;
  private final PadWatch watch;

  private RateProbe(FrameRateLimit limit, IntegrityTrack track, Pad before) {
    this.limit = limit;
    this.track = track;
    watch = PadWatch.attach(before, GstNative.PROBE_BUFFER, this::decide);
  }

  /**
   * Limits what passes a pad.
   *
   * @param fps most frames a second
   * @param track hears of every picture
   * @param before pad upstream of the scaler; lives longer than this
   */
  static RateProbe attach(int fps, IntegrityTrack track, Pad before) {
    return new RateProbe(new FrameRateLimit(fps), track, before);
  }

  private boolean decide(Pointer picture) {
    long ptsNanos = picture.getLong(GstNative.BUFFER_PTS);
    int flags = picture.getInt(GstNative.BUFFER_FLAGS);
    track.decoded(ptsNanos, (flags & GstNative.FLAG_CORRUPTED) != 0);
    return limit.passes(ptsNanos);
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
