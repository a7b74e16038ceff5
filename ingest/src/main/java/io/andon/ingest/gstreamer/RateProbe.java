package io.andon.ingest.gstreamer;

import static io.andon.ingest.gstreamer.GstNative.GST;

import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import io.andon.ingest.camera.FrameRateLimit;
import org.freedesktop.gstreamer.Pad;
import org.freedesktop.gstreamer.glib.Natives;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the pictures above a camera's rate out, on the pad before the scaler. GStreamer's {@code
 * videorate} can't: it ends the process when a stream states no frame rate, and its rate is an
 * average since the connection began, so that a slow night lets a fast day pass whole. A binding of
 * its own, since this is called for every picture: it takes no reference, which would make
 * GStreamer copy the picture, and stays attached to the thread that calls it.
 */
final class RateProbe implements AutoCloseable {
  // GstPadProbeInfo: type 0, id 8, data 16. GstBuffer: GstMiniObject 0, pool 64, pts 72.
  private static final int DATA_OFFSET = 16;
  private static final int PTS_OFFSET = 72;
  private static final CallbackThreadInitializer STAY_ATTACHED =
      new CallbackThreadInitializer(true, false, "gstreamer");

  private final FrameRateLimit limit;
  private final Pointer pad;
  // GStreamer knows only its address: this reference is what keeps it.
  private final GstNative.PadProbe probe;
  private final NativeLong id;
  private volatile @Nullable RuntimeException failure;

  private RateProbe(FrameRateLimit limit, Pad before) {
    this.limit = limit;
    pad = Natives.getRawPointer(before);
    probe = (ofPad, info, data) -> decide(info);
    Native.setCallbackThreadInitializer(probe, STAY_ATTACHED);
    id = GST.gst_pad_add_probe(pad, GstNative.PROBE_BUFFER, probe, null, null);
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
   * An exception would be lost in native code, and the picture with it: the pull thread gets it.
   */
  private int decide(Pointer info) {
    try {
      long pts = info.getPointer(DATA_OFFSET).getLong(PTS_OFFSET);
      return limit.passes(pts) ? GstNative.PROBE_OK : GstNative.PROBE_DROP;
    } catch (RuntimeException e) {
      failure = e;
      return GstNative.PROBE_DROP;
    }
  }

  /**
   * To be asked by the thread that pulls.
   *
   * @throws RuntimeException if a picture could not be decided about
   */
  void requireWorking() {
    RuntimeException problem = failure;
    if (problem != null) {
      throw problem;
    }
  }

  /** Lets everything pass from here on; the pipeline has been stopped, so nothing does. */
  @Override
  public void close() {
    GST.gst_pad_remove_probe(pad, id);
  }
}
