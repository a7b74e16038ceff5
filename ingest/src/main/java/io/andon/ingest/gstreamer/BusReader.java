package io.andon.ingest.gstreamer;

import static io.andon.ingest.gstreamer.GstNative.GST;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.andon.ingest.camera.StopReason;
import io.andon.ingest.camera.StreamEndedException;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.glib.Natives;

/**
 * Reads a pipeline's bus by asking, from the pull thread: no callback can then run while a pipeline
 * is taken down. Not thread-safe.
 */
final class BusReader implements AutoCloseable {
  // GstMessage follows GstMiniObject, which takes 64 bytes on 64-bit machines.
  private static final int TYPE_OFFSET = 64;
  private static final int WANTED =
      GstNative.MESSAGE_EOS | GstNative.MESSAGE_ERROR | GstNative.MESSAGE_WARNING;
  // A damaged stream can warn a lot; what is left waits for the next look.
  private static final int MOST_MESSAGES = 64;

  private final Pointer bus;
  private final Redaction redaction;
  private boolean damaged;

  BusReader(Pipeline pipeline, Redaction redaction) {
    this.bus = GST.gst_element_get_bus(Natives.getRawPointer(pipeline));
    this.redaction = redaction;
    // gst1-java-core's own handler would take the messages away from the queue.
    GST.gst_bus_set_sync_handler(bus, null, null, null);
  }

  /**
   * Reads what has been posted.
   *
   * @throws StreamEndedException if the stream failed or ended
   */
  void poll() throws StreamEndedException {
    for (int i = 0; i < MOST_MESSAGES; i++) {
      Pointer message = GST.gst_bus_pop_filtered(bus, WANTED);
      if (message == null) {
        return;
      }
      try {
        handle(message);
      } finally {
        GST.gst_mini_object_unref(message);
      }
    }
  }

  /** Whether a decoder complained since the last call. */
  boolean takeDamaged() {
    boolean was = damaged;
    damaged = false;
    return was;
  }

  private void handle(Pointer message) throws StreamEndedException {
    switch (message.getInt(TYPE_OFFSET)) {
      case GstNative.MESSAGE_EOS ->
          throw new StreamEndedException(StopReason.END_OF_STREAM, "the camera ended the stream");
      case GstNative.MESSAGE_ERROR -> throw failure(message);
      default -> damaged |= isStreamWarning(message);
    }
  }

  private StreamEndedException failure(Pointer message) {
    PointerByReference error = new PointerByReference();
    PointerByReference debug = new PointerByReference();
    GST.gst_message_parse_error(message, error, debug);
    Pointer gerror = error.getValue();
    Pointer details = debug.getValue();
    try {
      int domain = gerror.getInt(0);
      int code = gerror.getInt(4);
      String said = gerror.getPointer(8).getString(0);
      String text = ErrorText.of(said, details == null ? "" : details.getString(0));
      boolean resource = domain == GST.gst_resource_error_quark();
      return new StreamEndedException(
          resource ? resourceReason(code) : StopReason.STREAM_ERROR, redaction.apply(text));
    } finally {
      GstNative.GLib.GLIB.g_error_free(gerror);
      GstNative.GLib.GLIB.g_free(details);
    }
  }

  /** {@code GstResourceError}, as rtspsrc uses it. */
  private static StopReason resourceReason(int code) {
    return switch (code) {
      case 3 -> StopReason.NOT_FOUND;
      case 5, 6, 7, 9, 10 -> StopReason.UNREACHABLE;
      case 15 -> StopReason.UNAUTHORIZED;
      default -> StopReason.STREAM_ERROR;
    };
  }

  private static boolean isStreamWarning(Pointer message) {
    PointerByReference error = new PointerByReference();
    GST.gst_message_parse_warning(message, error, null);
    Pointer gerror = error.getValue();
    try {
      return gerror.getInt(0) == GST.gst_stream_error_quark();
    } finally {
      GstNative.GLib.GLIB.g_error_free(gerror);
    }
  }

  @Override
  public void close() {
    GST.gst_object_unref(bus);
  }
}
