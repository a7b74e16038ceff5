package io.andon.ingest.gstreamer;

import static io.andon.ingest.gstreamer.GstNative.GST;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import io.andon.ingest.gstreamer.GstNative.GObject;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.glib.Natives;
import org.jspecify.annotations.Nullable;

/**
 * Has {@code rtspsrc} set up the first video stream that a camera describes and the decoder takes,
 * and nothing else: of several the one whose packets came first was taken, another one in each
 * connection, and sound and metadata were sent to be thrown away.
 */
final class FirstVideo implements AutoCloseable {
  private static final int NONE = -1;

  private final Pointer source;
  // GStreamer knows only its address: this reference is what keeps it.
  private final GObject.SelectStream callback = (sender, number, caps, data) -> take(number, caps);
  private final NativeLong id;
  private final @Nullable String encoding;
  private int last = NONE;
  private int taken = NONE;
  private volatile boolean lacksVideo;

  private FirstVideo(Element rtspsrc, @Nullable String encoding) {
    this.encoding = encoding;
    source = Natives.getRawPointer(rtspsrc);
    Native.setCallbackThreadInitializer(callback, PadWatch.STAY_ATTACHED);
    id = GObject.GOBJECT.g_signal_connect_data(source, "select-stream", callback, null, null, 0);
  }

  /**
   * Chooses for a source, which lives longer than this.
   *
   * @param encoding the one that the decoder takes, as RTP names it; null for any
   */
  static FirstVideo of(Element rtspsrc, @Nullable String encoding) {
    return new FirstVideo(rtspsrc, encoding);
  }

  /** Whether the camera described streams, and none of them is video that the decoder takes. */
  boolean isMissing() {
    return lacksVideo;
  }

  /** Asked in order, and all over again where another transport is tried. */
  private boolean take(int number, Pointer caps) {
    if (number <= last) {
      taken = NONE;
    }
    last = number;
    boolean takes = taken == NONE && isWanted(caps);
    if (takes) {
      taken = number;
    }
    lacksVideo = taken == NONE;
    return takes;
  }

  private boolean isWanted(Pointer caps) {
    Pointer structure = GST.gst_caps_get_structure(caps, 0);
    return "video".equals(GST.gst_structure_get_string(structure, "media"))
        && (encoding == null
            || encoding.equalsIgnoreCase(GST.gst_structure_get_string(structure, "encoding-name")));
  }

  @Override
  public void close() {
    GObject.GOBJECT.g_signal_handler_disconnect(source, id);
  }
}
