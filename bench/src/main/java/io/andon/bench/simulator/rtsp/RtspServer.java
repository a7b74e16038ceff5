package io.andon.bench.simulator.rtsp;

import static io.andon.bench.simulator.rtsp.RtspNatives.GLibLibrary.GLIB;
import static io.andon.bench.simulator.rtsp.RtspNatives.GObjectLibrary.GOBJECT;
import static io.andon.bench.simulator.rtsp.RtspNatives.GioLibrary.GIO;
import static io.andon.bench.simulator.rtsp.RtspNatives.GstLibrary.GST;
import static io.andon.bench.simulator.rtsp.RtspNatives.RtspServerLibrary.RTSP;

import com.sun.jna.Pointer;
import io.andon.bench.simulator.PictureSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Serves rendered cameras as H.264 over RTSP on the loopback interface, each at {@code /<camera>}.
 * A camera is rendered only while somebody watches it, and all its watchers see the same stream.
 * Sender reports carry the wall-clock time at which each picture was rendered.
 */
public final class RtspServer implements AutoCloseable {
  private static final String ADDRESS = "127.0.0.1";
  private static final String ROLE = "viewer";
  private static final long JOIN_MILLIS = 1000;
  private static final RtspNatives.ClientFilter REMOVE_ALL =
      (server, client, data) -> RtspNatives.FILTER_REMOVE;

  private final Map<String, CameraFeed> feeds = new LinkedHashMap<>();
  private final List<Long> signals = new ArrayList<>();
  private final boolean guarded;
  private final String scheme;
  private final Pointer server;
  private final Pointer context;
  private final Pointer loop;
  private final int port;
  private final int listenerId;
  private final Thread thread;
  private boolean closed;

  private RtspServer(
      int port,
      List<PictureSource> sources,
      int fps,
      @Nullable RtspCredentials who,
      @Nullable Path tls) {
    // Else it takes signals that the JVM sends itself for faults of a plugin that it loads.
    GST.gst_segtrap_set_enabled(false);
    GST.gst_init(null, null);
    guarded = who != null;
    scheme = tls == null ? "rtsp" : "rtsps";
    server = RTSP.gst_rtsp_server_new();
    RTSP.gst_rtsp_server_set_address(server, ADDRESS);
    RTSP.gst_rtsp_server_set_service(server, Integer.toString(port));
    if (who != null) {
      guard(who, tls);
    }
    context = GLIB.g_main_context_new();
    loop = GLIB.g_main_loop_new(context, false);
    listenerId = RTSP.gst_rtsp_server_attach(server, context);
    if (listenerId == 0) {
      releaseNatives();
      throw new IllegalStateException("port: can't listen on " + ADDRESS + ":" + port);
    }
    this.port = RTSP.gst_rtsp_server_get_bound_port(server);
    sources.forEach(source -> mount(new CameraFeed(source, fps), source.camera()));
    thread = new Thread(() -> GLIB.g_main_loop_run(loop), "rtsp-server");
    thread.setDaemon(true);
  }

  /**
   * Starts serving.
   *
   * @param port TCP port; 0 takes a free one
   * @param sources at least one camera, no two with the same name
   * @param fps frames a second, 1 to 60
   * @param credentials asked of every client by digest; null lets everybody see
   * @throws IllegalStateException if the port can't be listened on
   */
  public static RtspServer start(
      int port, List<PictureSource> sources, int fps, @Nullable RtspCredentials credentials) {
    return serve(port, sources, fps, credentials, null);
  }

  /**
   * The same over TLS.
   *
   * @param tls PEM file with the server's certificate and key
   * @throws IllegalStateException if the port can't be listened on, or the file can't be used
   */
  public static RtspServer start(
      int port, List<PictureSource> sources, int fps, RtspCredentials credentials, Path tls) {
    return serve(port, sources, fps, credentials, tls);
  }

  private static RtspServer serve(
      int port,
      List<PictureSource> sources,
      int fps,
      @Nullable RtspCredentials credentials,
      @Nullable Path tls) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " is not allowed; 0 to 65535");
    }
    if (fps < 1 || fps > 60) {
      throw new IllegalArgumentException("fps: " + fps + " is not allowed; 1 to 60");
    }
    List<String> names = sources.stream().map(PictureSource::camera).toList();
    if (names.isEmpty() || names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException(
          "cameras: " + names + " is not allowed; at least one, no name twice");
    }
    RtspServer started = new RtspServer(port, sources, fps, credentials, tls);
    started.feeds.values().forEach(CameraFeed::start);
    started.thread.start();
    return started;
  }

  /** The TCP port being listened on. */
  public int port() {
    return port;
  }

  /** The cameras' addresses, in the order given. */
  public List<String> addresses() {
    return feeds.keySet().stream()
        .map(camera -> scheme + "://" + ADDRESS + ":" + port + "/" + camera)
        .toList();
  }

  /**
   * Whether a camera is being rendered.
   *
   * @throws IllegalArgumentException if there is no such camera
   */
  public boolean isWatched(String camera) {
    return feed(camera).isWatched();
  }

  /**
   * Frames that a camera has shown.
   *
   * @throws IllegalArgumentException if there is no such camera
   */
  public long framesShown(String camera) {
    return feed(camera).pushed();
  }

  /**
   * Frames that a camera left out because its encoder was behind.
   *
   * @throws IllegalArgumentException if there is no such camera
   */
  public long framesSkipped(String camera) {
    return feed(camera).skipped();
  }

  /** Drops all clients and frees the port. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    Pointer listener = GLIB.g_main_context_find_source_by_id(context, listenerId);
    if (listener != null) {
      GLIB.g_source_destroy(listener);
    }
    feeds.values().forEach(CameraFeed::close);
    GLIB.g_list_free(RTSP.gst_rtsp_server_client_filter(server, REMOVE_ALL, null));
    GLIB.g_main_loop_quit(loop);
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    signals.forEach(MediaSignals::forget);
    releaseNatives();
  }

  private CameraFeed feed(String camera) {
    CameraFeed feed = feeds.get(camera);
    if (feed == null) {
      throw new IllegalArgumentException(
          "camera: " + camera + " is not allowed; one of " + feeds.keySet());
    }
    return feed;
  }

  private void mount(CameraFeed feed, String camera) {
    Pointer factory = RTSP.gst_rtsp_media_factory_new();
    RTSP.gst_rtsp_media_factory_set_launch(factory, feed.launch());
    RTSP.gst_rtsp_media_factory_set_shared(factory, true);
    if (guarded) {
      Pointer role =
          GST.gst_structure_from_string(
              ROLE + ", media.factory.access=(boolean)true, media.factory.construct=(boolean)true",
              null);
      RTSP.gst_rtsp_media_factory_add_role_from_structure(factory, role);
      GST.gst_structure_free(role);
    }
    signals.add(MediaSignals.connect(factory, feed));
    Pointer mounts = RTSP.gst_rtsp_server_get_mount_points(server);
    RTSP.gst_rtsp_mount_points_add_factory(mounts, "/" + camera, factory);
    GOBJECT.g_object_unref(mounts);
    feeds.put(camera, feed);
  }

  private void guard(RtspCredentials who, @Nullable Path tls) {
    Pointer auth = RTSP.gst_rtsp_auth_new();
    if (tls != null) {
      Pointer certificate = GIO.g_tls_certificate_new_from_file(tls.toString(), null);
      if (certificate == null) {
        throw new IllegalStateException("tls: " + tls + " can't be used");
      }
      RTSP.gst_rtsp_auth_set_tls_certificate(auth, certificate);
      GOBJECT.g_object_unref(certificate);
    }
    Pointer token = RTSP.gst_rtsp_token_new_empty();
    RTSP.gst_rtsp_token_set_string(token, "media.factory.role", ROLE);
    RTSP.gst_rtsp_auth_set_supported_methods(auth, RtspNatives.AUTH_DIGEST);
    RTSP.gst_rtsp_auth_add_digest(auth, who.user(), who.password(), token);
    GST.gst_mini_object_unref(token);
    RTSP.gst_rtsp_server_set_auth(server, auth);
    GOBJECT.g_object_unref(auth);
  }

  private void releaseNatives() {
    GLIB.g_main_loop_unref(loop);
    GOBJECT.g_object_unref(server);
    GLIB.g_main_context_unref(context);
  }
}
