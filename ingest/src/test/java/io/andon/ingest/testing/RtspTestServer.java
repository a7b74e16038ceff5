package io.andon.ingest.testing;

import static org.awaitility.Awaitility.await;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real RTSP server on loopback with one stream, {@code /live}: run it as a child JVM, which tests
 * can kill and freeze. Arguments: port, width, height, and either user and password where it shall
 * ask for them, or the pattern of its pictures where nothing is to move, or {@link #NO_RATE},
 * {@link #B_FRAMES}, {@link #SOUND}, {@link #TWO} or {@link #JPEG_FIRST}.
 */
public final class RtspTestServer {
  /** The stream is MJPEG, 15 frames a second, and states no frame rate anywhere. */
  public static final String NO_RATE = "no-rate";

  /** The pictures are coded in another order than they are shown in. */
  public static final String B_FRAMES = "b-frames";

  /** There is sound, and no picture. */
  public static final String SOUND = "sound";

  /** Sound is described first, then the pictures, then another stream of 160x120. */
  public static final String TWO = "two";

  /** MJPEG is described first, then H.264. */
  public static final String JPEG_FIRST = "jpeg-first";

  /** Of the other stream of {@link #TWO}. */
  public static final int SECOND_PAYLOAD_TYPE = 97;

  private static final String H264_B_FRAMES =
      "x264enc speed-preset=ultrafast key-int-max=15 bframes=2 b-adapt=false"
          + " ! video/x-h264,profile=main"
          + " ! rtph264pay name=pay0 pt=96 config-interval=-1";

  private static final String H264 =
      "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=15"
          + " ! rtph264pay name=pay0 pt=96 config-interval=-1";

  private static final String MJPEG =
      "jpegenc ! capssetter caps=image/jpeg,framerate=0/1 ! rtpjpegpay name=pay0 pt=26";

  private static final String PCMU =
      "audiotestsrc is-live=true ! audio/x-raw,rate=8000,channels=1 ! mulawenc"
          + " ! rtppcmupay name=pay0 pt=0";

  private RtspTestServer() {}

  /**
   * Starts one in a child JVM and awaits that it listens.
   *
   * @param output file that takes what it prints
   * @param kind the pattern of its pictures, or one of the kinds above
   */
  public static ChildJvm start(Path output, int port, int width, int height, String kind)
      throws IOException {
    ChildJvm server =
        ChildJvm.start(
            output,
            Map.of(),
            RtspTestServer.class,
            Integer.toString(port),
            Integer.toString(width),
            Integer.toString(height),
            kind);
    await().atMost(Duration.ofMinutes(1)).until(() -> server.output().contains("READY"));
    return server;
  }

  /** Serves until killed; prints {@code READY} when it listens. */
  public static void main(String[] args) {
    // Else it takes signals that the JVM sends itself for faults of a plugin that it loads.
    Gst.GST.gst_segtrap_set_enabled(false);
    Gst.GST.gst_init(null, null);
    Pointer server = Rtsp.RTSP.gst_rtsp_server_new();
    Rtsp.RTSP.gst_rtsp_server_set_address(server, "127.0.0.1");
    Rtsp.RTSP.gst_rtsp_server_set_service(server, args[0]);
    boolean guarded = args.length > 4;
    if (guarded) {
      guard(server, args[3], args[4]);
    }
    Pointer mounts = Rtsp.RTSP.gst_rtsp_server_get_mount_points(server);
    Rtsp.RTSP.gst_rtsp_mount_points_add_factory(mounts, "/live", stream(args, guarded));
    if (Rtsp.RTSP.gst_rtsp_server_attach(server, null) == 0) {
      throw new IllegalStateException("port " + args[0] + " is taken");
    }
    System.out.println("READY");
    System.out.flush();
    GLib.GLIB.g_main_loop_run(GLib.GLIB.g_main_loop_new(null, false));
  }

  private static Pointer stream(String[] args, boolean guarded) {
    Pointer factory = Rtsp.RTSP.gst_rtsp_media_factory_new();
    String kind = args.length == 4 ? args[3] : "ball";
    String coded =
        switch (kind) {
          case NO_RATE -> MJPEG;
          case B_FRAMES -> H264_B_FRAMES;
          default -> H264;
        };
    boolean isPattern = coded.equals(H264) && !kind.equals(TWO) && !kind.equals(JPEG_FIRST);
    String pictures = pictures(isPattern ? kind : "ball", args[1], args[2], coded);
    String launch =
        switch (kind) {
          case SOUND -> PCMU;
          case TWO ->
              PCMU
                  + " "
                  + pictures.replace("pay0", "pay1")
                  + " "
                  + pictures("ball", "160", "120", H264)
                      .replace("pay0 pt=96", "pay2 pt=" + SECOND_PAYLOAD_TYPE);
          case JPEG_FIRST ->
              pictures("ball", "160", "120", MJPEG) + " " + pictures.replace("pay0", "pay1");
          default -> pictures;
        };
    Rtsp.RTSP.gst_rtsp_media_factory_set_launch(factory, "( " + launch + " )");
    Rtsp.RTSP.gst_rtsp_media_factory_set_shared(factory, true);
    if (guarded) {
      String access = "user, media.factory.access=(boolean)true, ";
      Rtsp.RTSP.gst_rtsp_media_factory_add_role_from_structure(
          factory,
          Gst.GST.gst_structure_from_string(
              access + "media.factory.construct=(boolean)true", null));
    }
    return factory;
  }

  private static String pictures(String pattern, String width, String height, String coded) {
    return "videotestsrc is-live=true pattern="
        + pattern
        + " ! video/x-raw,format=I420,width="
        + width
        + ",height="
        + height
        + ",framerate=15/1 ! "
        + coded;
  }

  private static void guard(Pointer server, String user, String password) {
    Pointer auth = Rtsp.RTSP.gst_rtsp_auth_new();
    Pointer token = Rtsp.RTSP.gst_rtsp_token_new_empty();
    Rtsp.RTSP.gst_rtsp_token_set_string(token, "media.factory.role", "user");
    Pointer basic = Rtsp.RTSP.gst_rtsp_auth_make_basic(user, password);
    Rtsp.RTSP.gst_rtsp_auth_add_basic(auth, basic, token);
    Rtsp.RTSP.gst_rtsp_server_set_auth(server, auth);
  }

  interface Rtsp extends Library {
    Rtsp RTSP = Native.load("libgstrtspserver-1.0.so.0", Rtsp.class);

    Pointer gst_rtsp_server_new();

    void gst_rtsp_server_set_address(Pointer server, String address);

    void gst_rtsp_server_set_service(Pointer server, String port);

    Pointer gst_rtsp_server_get_mount_points(Pointer server);

    int gst_rtsp_server_attach(Pointer server, @Nullable Pointer context);

    void gst_rtsp_server_set_auth(Pointer server, Pointer auth);

    Pointer gst_rtsp_media_factory_new();

    void gst_rtsp_media_factory_set_launch(Pointer factory, String launch);

    void gst_rtsp_media_factory_set_shared(Pointer factory, boolean shared);

    void gst_rtsp_media_factory_add_role_from_structure(Pointer factory, Pointer structure);

    void gst_rtsp_mount_points_add_factory(Pointer mounts, String path, Pointer factory);

    Pointer gst_rtsp_auth_new();

    Pointer gst_rtsp_auth_make_basic(String user, String password);

    void gst_rtsp_auth_add_basic(Pointer auth, Pointer basic, Pointer token);

    Pointer gst_rtsp_token_new_empty();

    void gst_rtsp_token_set_string(Pointer token, String key, String value);
  }

  interface Gst extends Library {
    Gst GST = Native.load("libgstreamer-1.0.so.0", Gst.class);

    void gst_segtrap_set_enabled(boolean enabled);

    void gst_init(@Nullable Pointer argc, @Nullable Pointer argv);

    Pointer gst_structure_from_string(String text, @Nullable Pointer end);
  }

  interface GLib extends Library {
    GLib GLIB = Native.load("libglib-2.0.so.0", GLib.class);

    Pointer g_main_loop_new(@Nullable Pointer context, boolean running);

    void g_main_loop_run(Pointer loop);
  }
}
