package io.andon.ingest.gstreamer;

import static io.andon.ingest.gstreamer.GstNative.GST;

import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import org.freedesktop.gstreamer.Pad;
import org.freedesktop.gstreamer.glib.Natives;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what passes a pad, by the thread that brings it. A binding of its own: that of
 * gst1-java-core knows buffers and events by their addresses, which GStreamer uses again, so that
 * it takes one kind of event for another. It also takes references, which makes GStreamer copy
 * pictures, and attaches the calling thread anew each time.
 */
final class PadWatch implements AutoCloseable {
  // GstPadProbeInfo: type 0, id 8, data 16.
  private static final int DATA_OFFSET = 16;

  /** For callbacks that come again by the same thread. */
  static final CallbackThreadInitializer STAY_ATTACHED =
      new CallbackThreadInitializer(true, false, "gstreamer");

  private final Pointer pad;
  // GStreamer knows only its address: this reference is what keeps it.
  private final GstNative.PadProbe probe;
  private final NativeLong id;
  private volatile @Nullable RuntimeException failure;

  private PadWatch(Pad watched, int what, Look look) {
    pad = Natives.getRawPointer(watched);
    probe = (ofPad, info, data) -> look(look, info);
    Native.setCallbackThreadInitializer(probe, STAY_ATTACHED);
    id = GST.gst_pad_add_probe(pad, what, probe, null, null);
  }

  /** What is done with a buffer or event that passes. */
  interface Look {
    /**
     * Looks at it.
     *
     * @param passing the {@code GstBuffer} or {@code GstEvent}, good during this call only
     * @return whether it may pass
     */
    boolean mayPass(Pointer passing);
  }

  /**
   * Watches from now on.
   *
   * @param pad lives longer than this
   * @param what {@link GstNative#PROBE_BUFFER} or {@link GstNative#PROBE_EVENT}
   * @param look what to do; must not block
   */
  static PadWatch attach(Pad pad, int what, Look look) {
    return new PadWatch(pad, what, look);
  }

  /**
   * An exception would be lost in native code, and what passes with it: the pull thread gets it.
   */
  private int look(Look look, Pointer info) {
    try {
      boolean passes = look.mayPass(info.getPointer(DATA_OFFSET));
      return passes ? GstNative.PROBE_OK : GstNative.PROBE_DROP;
    } catch (RuntimeException e) {
      failure = e;
      return GstNative.PROBE_DROP;
    }
  }

  /**
   * To be asked by the thread that pulls.
   *
   * @throws RuntimeException if a look failed
   */
  void requireWorking() {
    RuntimeException problem = failure;
    if (problem != null) {
      throw problem;
    }
  }

  /** Looks no more; the pipeline has been stopped, so nothing passes. */
  @Override
  public void close() {
    GST.gst_pad_remove_probe(pad, id);
  }
}
