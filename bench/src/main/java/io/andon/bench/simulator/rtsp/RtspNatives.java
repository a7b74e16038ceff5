package io.andon.bench.simulator.rtsp;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of GStreamer 1.20 and later that an RTSP server with {@code appsrc} needs. Names and
 * signatures are those of the C API.
 */
final class RtspNatives {
  /** {@code GST_RTSP_AUTH_DIGEST}. */
  static final int AUTH_DIGEST = 2;

  /** {@code GST_RTSP_FILTER_REMOVE}. */
  static final int FILTER_REMOVE = 0;

  /** {@code GST_CLOCK_TIME_NONE}. */
  static final long TIME_NONE = -1;

  /** Where {@code pts} lies in {@code struct _GstBuffer} on 64-bit systems, bytes. */
  static final long BUFFER_PTS_OFFSET = 72;

  private RtspNatives() {}

  /** libgstrtspserver. */
  interface RtspServerLibrary extends Library {
    RtspServerLibrary RTSP = Native.load("libgstrtspserver-1.0.so.0", RtspServerLibrary.class);

    Pointer gst_rtsp_server_new();

    void gst_rtsp_server_set_address(Pointer server, String address);

    void gst_rtsp_server_set_service(Pointer server, String service);

    int gst_rtsp_server_get_bound_port(Pointer server);

    Pointer gst_rtsp_server_get_mount_points(Pointer server);

    int gst_rtsp_server_attach(Pointer server, Pointer context);

    void gst_rtsp_server_set_auth(Pointer server, Pointer auth);

    @Nullable Pointer gst_rtsp_server_client_filter(
        Pointer server, ClientFilter filter, @Nullable Pointer userData);

    Pointer gst_rtsp_media_factory_new();

    void gst_rtsp_media_factory_set_launch(Pointer factory, String launch);

    void gst_rtsp_media_factory_set_shared(Pointer factory, boolean shared);

    void gst_rtsp_media_factory_add_role_from_structure(Pointer factory, Pointer structure);

    /** Takes the factory over. */
    void gst_rtsp_mount_points_add_factory(Pointer mounts, String path, Pointer factory);

    Pointer gst_rtsp_media_get_element(Pointer media);

    Pointer gst_rtsp_auth_new();

    void gst_rtsp_auth_set_supported_methods(Pointer auth, int methods);

    void gst_rtsp_auth_set_tls_certificate(Pointer auth, Pointer certificate);

    void gst_rtsp_auth_add_digest(Pointer auth, String user, String password, Pointer token);

    Pointer gst_rtsp_token_new_empty();

    void gst_rtsp_token_set_string(Pointer token, String field, String value);
  }

  /** libgstreamer. */
  interface GstLibrary extends Library {
    GstLibrary GST = Native.load("libgstreamer-1.0.so.0", GstLibrary.class);

    void gst_segtrap_set_enabled(boolean enabled);

    void gst_init(@Nullable Pointer count, @Nullable Pointer arguments);

    Pointer gst_structure_from_string(String text, @Nullable Pointer end);

    void gst_mini_object_unref(Pointer object);

    void gst_structure_free(Pointer structure);

    void gst_object_unref(Pointer object);

    @Nullable Pointer gst_bin_get_by_name(Pointer bin, String name);

    long gst_element_get_base_time(Pointer element);

    long gst_element_get_current_running_time(Pointer element);

    @Nullable Pointer gst_buffer_new_allocate(
        @Nullable Pointer allocator, NativeLong size, @Nullable Pointer parameters);

    NativeLong gst_buffer_fill(Pointer buffer, NativeLong offset, Pointer source, NativeLong size);
  }

  /** libgstapp. */
  interface AppLibrary extends Library {
    AppLibrary APP = Native.load("libgstapp-1.0.so.0", AppLibrary.class);

    long gst_app_src_get_current_level_bytes(Pointer source);

    /** Takes the buffer over. Returns a {@code GstFlowReturn}. */
    int gst_app_src_push_buffer(Pointer source, Pointer buffer);
  }

  /** libglib. */
  interface GLibLibrary extends Library {
    GLibLibrary GLIB = Native.load("libglib-2.0.so.0", GLibLibrary.class);

    Pointer g_main_context_new();

    void g_main_context_unref(Pointer context);

    Pointer g_main_loop_new(Pointer context, boolean running);

    void g_main_loop_run(Pointer loop);

    void g_main_loop_quit(Pointer loop);

    void g_main_loop_unref(Pointer loop);

    @Nullable Pointer g_main_context_find_source_by_id(Pointer context, int id);

    void g_source_destroy(Pointer source);

    void g_list_free(@Nullable Pointer list);
  }

  /** libgio. */
  interface GioLibrary extends Library {
    GioLibrary GIO = Native.load("libgio-2.0.so.0", GioLibrary.class);

    /** A certificate with its key, the caller's; null if the file can't be used. */
    @Nullable Pointer g_tls_certificate_new_from_file(String file, @Nullable Pointer error);
  }

  /** libgobject. */
  interface GObjectLibrary extends Library {
    GObjectLibrary GOBJECT = Native.load("libgobject-2.0.so.0", GObjectLibrary.class);

    void g_object_unref(Pointer object);

    NativeLong g_signal_connect_data(
        Pointer instance,
        String signal,
        Callback handler,
        Pointer userData,
        @Nullable Pointer destroyData,
        int flags);
  }

  /** {@code GstRTSPServerClientFilterFunc}. */
  interface ClientFilter extends Callback {
    int filter(Pointer server, Pointer client, @Nullable Pointer userData);
  }

  /** Handler of the factory's signal {@code media-configure}. */
  interface MediaConfigured extends Callback {
    void configured(Pointer factory, Pointer media, Pointer userData);
  }

  /** Handler of the media's signal {@code unprepared}. */
  interface MediaUnprepared extends Callback {
    void unprepared(Pointer media, Pointer userData);
  }
}
