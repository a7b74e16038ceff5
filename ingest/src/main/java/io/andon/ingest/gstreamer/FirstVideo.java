package io.andon.ingest.gstreamer;

import static io.andon.ingest.gstreamer.GstNative.GST;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import io.andon.ingest.gstreamer.GstNative.GObject;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.glib.Natives;

/**
 * Has {@code rtspsrc} set up the first video stream that a camera describes, and nothing else: of
 * several the one whose packets came first was taken, another one in each connection, and sound and
 * metadata were sent to be thrown away.
 */
final class FirstVideo implements AutoCloseable {
  private static final int NONE = -1;

  private final Pointer source;
  // GStreamer knows only its address: this reference is what keeps it.
  private final GObject.SelectStream callback = (sender, number, caps, data) -> take(number, caps);
  private final NativeLong id;
  private int last = NONE;
  private int taken = NONE;
  private volatile boolean lacksVideo;

  private FirstVideo(Element rtspsrc) {
    source = Natives.getRawPointer(rtspsrc);
    Native.setCallbackThreadInitializer(callback, PadWatch.STAY_ATTACHED);
    id = GObject.GOBJECT.g_signal_connect_data(source, "select-stream", callback, null, null, 0);
  }

  /** Chooses for a source, which lives longer than this. */
  static FirstVideo of(Element rtspsrc) {
    return new FirstVideo(rtspsrc);
  }

  /** Whether the camera described streams, and none of them is video. */
  boolean isMissing() {
    return lacksVideo;
  }

  /** Asked in order, and all over again where another transport is tried. */
  private boolean take(int number, Pointer caps) {
    if (number <= last) {
      taken = NONE;
    }
    last = number;
    boolean takes = taken == NONE && isVideo(caps);
    if (takes) {
      taken = number;
    }
    lacksVideo = taken == NONE;
    return takes;
  }

  private static boolean isVideo(Pointer caps) {
    Pointer structure = GST.gst_caps_get_structure(caps, 0);
    return "video".equals(GST.gst_structure_get_string(structure, "media"));
  }

  @Override
  public void close() {
    GObject.GOBJECT.g_signal_handler_disconnect(source, id);
  }
}
