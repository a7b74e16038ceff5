package io.andon.ingest.gstreamer;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * The calls of GStreamer 1.18 and later that gst1-java-core 1.4.0 lacks, or offers only by
 * callbacks. Names and signatures are those of the C API.
 */
interface GstNative extends Library {
  GstNative GST = Native.load("libgstreamer-1.0.so.0", GstNative.class);

  /** Message types, {@code GstMessageType}. */
  int MESSAGE_EOS = 1;

  int MESSAGE_ERROR = 1 << 1;
  int MESSAGE_WARNING = 1 << 2;

  /** {@code GST_PAD_PROBE_TYPE_BUFFER}. */
  int PROBE_BUFFER = 1 << 4;

  /** {@code GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM}. */
  int PROBE_EVENT = 1 << 6;

  /** {@code GST_EVENT_CAPS}. */
  int EVENT_CAPS = 50 << 8 | 14;

  /** Where a {@code GstEvent} has its type; {@code GstMiniObject} takes 64 bytes. */
  int EVENT_TYPE = 64;

  /** Where a {@code GstBuffer} has its flags; those that are asked for follow. */
  int BUFFER_FLAGS = 16;

  int FLAG_DISCONT = 1 << 6;
  int FLAG_CORRUPTED = 1 << 8;
  int FLAG_DELTA_UNIT = 1 << 13;

  /** Where a {@code GstBuffer} has its presentation time, nanoseconds. */
  int BUFFER_PTS = 72;

  /** What a probe decides, {@code GstPadProbeReturn}. */
  int PROBE_DROP = 0;

  int PROBE_OK = 1;

  /** {@code GstPadProbeCallback}. */
  interface PadProbe extends Callback {
    /** Decides about what passes a pad, by the thread that brings it. */
    int passing(Pointer pad, Pointer info, @Nullable Pointer data);
  }

  void gst_segtrap_set_enabled(boolean enabled);

  boolean gst_segtrap_is_enabled();

  /** The callback must be kept for as long as the probe is there. */
  NativeLong gst_pad_add_probe(
      Pointer pad, int mask, PadProbe callback, @Nullable Pointer data, @Nullable Pointer notify);

  void gst_pad_remove_probe(Pointer pad, NativeLong id);

  Pointer gst_caps_from_string(String caps);

  Pointer gst_caps_get_structure(Pointer caps, int index);

  @Nullable String gst_structure_get_string(Pointer structure, String field);

  boolean gst_structure_get_int(Pointer structure, String field, IntByReference value);

  boolean gst_structure_get_fraction(
      Pointer structure, String field, IntByReference numerator, IntByReference denominator);

  boolean gst_element_factory_can_sink_any_caps(Pointer factory, Pointer caps);

  void gst_event_parse_caps(Pointer event, PointerByReference caps);

  @Nullable Pointer gst_buffer_get_reference_timestamp_meta(Pointer buffer, Pointer caps);

  long gst_element_get_current_running_time(Pointer element);

  Pointer gst_element_get_bus(Pointer element);

  void gst_bus_set_sync_handler(
      Pointer bus, @Nullable Pointer handler, @Nullable Pointer data, @Nullable Pointer notify);

  @Nullable Pointer gst_bus_pop_filtered(Pointer bus, int types);

  /** Error and debug text are the caller's. */
  void gst_message_parse_error(Pointer message, PointerByReference error, PointerByReference debug);

  void gst_message_parse_warning(
      Pointer message, PointerByReference error, @Nullable Pointer debug);

  void gst_mini_object_unref(Pointer object);

  void gst_object_unref(Pointer object);

  int gst_resource_error_quark();

  int gst_stream_error_quark();

  /** The application sink's calls. */
  interface App extends Library {
    App APP = Native.load("libgstapp-1.0.so.0", App.class);

    /** A sample, or null at the end of the stream or after the timeout. */
    @Nullable Pointer gst_app_sink_try_pull_sample(Pointer sink, long timeoutNanos);

    boolean gst_app_sink_is_eos(Pointer sink);
  }

  /** GLib's calls. */
  interface GLib extends Library {
    GLib GLIB = Native.load("libglib-2.0.so.0", GLib.class);

    void g_error_free(Pointer error);

    void g_free(@Nullable Pointer memory);
  }

  /** GObject's calls. */
  interface GObject extends Library {
    GObject GOBJECT = Native.load("libgobject-2.0.so.0", GObject.class);

    /** JNA ends the list. */
    void g_object_set(Pointer object, String property, Object... valueAndMore);

    void g_object_unref(Pointer object);

    /** {@code before-send} of {@code rtspsrc}. */
    interface BeforeSend extends Callback {
      /** Whether a request is sent. */
      boolean asked(Pointer source, Pointer message, @Nullable Pointer data);
    }

    /** {@code select-stream} of {@code rtspsrc}. */
    interface SelectStream extends Callback {
      /** Whether a stream of the camera's description is set up. */
      boolean asked(Pointer source, int number, Pointer caps, @Nullable Pointer data);
    }

    /** The callback must be kept for as long as it is connected. */
    NativeLong g_signal_connect_data(
        Pointer object,
        String signal,
        Callback callback,
        @Nullable Pointer data,
        @Nullable Pointer notify,
        int flags);

    void g_signal_handler_disconnect(Pointer object, NativeLong id);
  }

  /** The calls on RTSP messages. */
  interface Rtsp extends Library {
    Rtsp RTSP = Native.load("libgstrtsp-1.0.so.0", Rtsp.class);

    /** 0 if it is a request; its texts are the message's. */
    int gst_rtsp_message_parse_request(
        Pointer message, IntByReference method, PointerByReference uri, PointerByReference version);
  }

  /** GIO's calls. */
  interface Gio extends Library {
    Gio GIO = Native.load("libgio-2.0.so.0", Gio.class);

    /** A database of a PEM file's certificates, the caller's; null with an error. */
    @Nullable Pointer g_tls_file_database_new(String file, PointerByReference error);
  }
}
