package io.andon.ingest.gstreamer;

import static io.andon.ingest.gstreamer.GstNative.GST;

import com.sun.jna.Pointer;
import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.config.Secret;
import io.andon.ingest.camera.CameraStream;
import io.andon.ingest.camera.CameraStreams;
import io.andon.ingest.camera.StopReason;
import io.andon.ingest.camera.StreamEndedException;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.Credentials;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.freedesktop.gstreamer.ElementFactory;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.GstException;
import org.freedesktop.gstreamer.Version;
import org.freedesktop.gstreamer.glib.Natives;
import org.jspecify.annotations.Nullable;

/** Connects to RTSP cameras by GStreamer 1.20 or later. */
public final class GStreamerCameras implements CameraStreams {
  private static final List<String> ELEMENTS =
      List.of(
          "rtspsrc",
          "capsfilter",
          "decodebin",
          "identity",
          "videoconvertscale",
          "videocrop",
          "tee",
          "jpegenc",
          "appsink");
  private static final String INSTALL =
      "install GStreamer 1.20 or later: gstreamer1.0-plugins-base, -good, -bad, gstreamer1.0-libav";

  // JNA reads it once, and would go by the locale: a service often has none but ASCII.
  private static final String TEXT_ENCODING = "jna.encoding";

  private final InstantSource clock;

  private GStreamerCameras(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Loads GStreamer into this process and checks that it has all that these cameras need.
   *
   * @param cameras cameras to be connected to
   * @param clock wall clock
   * @throws ConfigException if GStreamer, one of its elements, or a decoder is missing
   */
  public static GStreamerCameras load(List<CameraConfig> cameras, InstantSource clock)
      throws ConfigException {
    List<Problem> problems = start(ELEMENTS);
    for (int i = 0; i < cameras.size(); i++) {
      String decoder = cameras.get(i).decoder();
      String key = "cameras[" + i + "].decoder";
      if (decoder.equals("auto")) {
        continue;
      }
      if (!exists(decoder)) {
        String allowed = "must be auto or a GStreamer element of this machine";
        problems.add(new Problem(key, decoder, allowed));
      } else if (!decodes(decoder, PipelineText.coded(decoder))) {
        String allowed =
            "must be auto or decode what its name tells: H.265 (265 or hevc), JPEG (jpeg or jpg)"
                + " or else H.264";
        problems.add(new Problem(key, decoder, allowed));
      }
    }
    if (!problems.isEmpty()) {
      throw missing(problems);
    }
    return new GStreamerCameras(clock);
  }

  /** Loads GStreamer and names the elements that it lacks. */
  static List<Problem> start(List<String> elements) throws ConfigException {
    if (System.getProperty(TEXT_ENCODING) == null) {
      System.setProperty(TEXT_ENCODING, "UTF-8");
    }
    try {
      // Else it ends the process for any such signal while it loads a plugin, and the JVM lives on
      // them: its null checks and safepoints are made of them.
      GST.gst_segtrap_set_enabled(false);
      Gst.init(Version.of(1, 20), "andon-ingest");
    } catch (GstException | UnsatisfiedLinkError e) {
      throw missing(List.of(new Problem("GStreamer", "", INSTALL)));
    }
    List<Problem> problems = new ArrayList<>();
    for (String element : elements) {
      if (!exists(element)) {
        problems.add(new Problem("GStreamer element " + element, "", "is missing; " + INSTALL));
      }
    }
    return problems;
  }

  static ConfigException missing(List<Problem> problems) {
    return new ConfigException("GStreamer on this machine", problems);
  }

  private static boolean exists(String element) {
    try {
      return ElementFactory.find(element) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean decodes(String element, String coded) {
    ElementFactory factory = ElementFactory.find(element);
    Pointer caps = GST.gst_caps_from_string(coded);
    try {
      return factory.getKlass().contains("Decoder")
          && GST.gst_element_factory_can_sink_any_caps(Natives.getRawPointer(factory), caps);
    } finally {
      GST.gst_mini_object_unref(caps);
    }
  }

  @Override
  public CameraStream open(CameraConfig camera) throws StreamEndedException {
    return RtspStream.open(camera, password(camera), clock);
  }

  private static @Nullable Secret password(CameraConfig camera) throws StreamEndedException {
    Credentials credentials = camera.credentials();
    if (credentials == null) {
      return null;
    }
    try {
      return credentials.password().resolve("credentials.password");
    } catch (ConfigException e) {
      throw new StreamEndedException(StopReason.UNAUTHORIZED, "its password can't be read");
    }
  }
}
