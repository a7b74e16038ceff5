package io.andon.ingest.gstreamer;

import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.GateProfile;
import org.jspecify.annotations.Nullable;

/**
 * Writes pipelines in GStreamer's launch syntax. Only numbers and checked element names get into
 * it; addresses and credentials are set as properties.
 */
final class PipelineText {
  private static final String AUTO = "auto";

  private PipelineText() {}

  /**
   * The pipeline of a camera, with elements {@code src}, {@code rtp}, {@code decoder}, {@code
   * before}, {@code size} and {@code sink}; where the camera has a gate {@code pixels} too, where
   * only a part is wanted {@code whole} and {@code crop}.
   */
  static String of(CameraConfig camera) {
    return String.format(
        "rtspsrc name=src"
            + " ! capsfilter name=rtp caps=\"application/x-rtp,media=video\""
            + " ! %s"
            + " ! identity name=before"
            + " ! %s",
        decoding(camera.decoder()), encoding(camera));
  }

  /**
   * The pipeline of a video file, of which no picture is left out, with elements {@code src},
   * {@code before}, {@code size} and {@code sink}; where the camera has a gate {@code pixels} too,
   * where only a part is wanted {@code whole} and {@code crop}.
   */
  static String ofFile(CameraConfig camera) {
    return "filesrc name=src ! decodebin name=decoder ! identity name=before ! " + encoding(camera);
  }

  /**
   * From a decoded picture, or a part of it, to a JPEG in an {@code appsink}: the same for cameras
   * and files. For a gate the picture then goes into a sink of its own, which never holds the other
   * up and keeps more, so that it does not lose a picture that the other still has. The JPEG goes
   * first: a pipeline starts once its first picture is in {@code sink}.
   */
  static String encoding(CameraConfig camera) {
    return String.format(
        "%svideoconvertscale name=scale add-borders=true"
            + " ! capsfilter name=size caps=\"video/x-raw,format=I420\""
            + " ! %sjpegenc quality=%d"
            + " ! appsink name=sink sync=false max-buffers=8 drop=false enable-last-sample=false%s",
        camera.crop() == null ? "" : Cropping.TEXT,
        hasGate(camera) ? "tee name=fork ! " : "",
        camera.jpegQuality(),
        hasGate(camera)
            ? " fork. ! appsink name=pixels sync=false async=false max-buffers=16 drop=true"
                + " wait-on-eos=false"
                + " enable-last-sample=false"
            : "");
  }

  /** Whether the camera's decoded pictures are looked at. */
  static boolean hasGate(CameraConfig camera) {
    return camera.gate().profile() != GateProfile.OFF;
  }

  static String rawCaps(FrameSize frame) {
    return String.format(
        "video/x-raw,format=(string)I420,width=(int)%d,height=(int)%d,"
            + "pixel-aspect-ratio=(fraction)1/1",
        frame.width(), frame.height());
  }

  private static String decoding(String decoder) {
    if (decoder.equals(AUTO)) {
      return "decodebin name=decoder";
    }
    return depayloader(decoder) + " ! " + decoder + " name=decoder";
  }

  /** What that depayloader gives, as caps. */
  static String coded(String decoder) {
    String depayloader = depayloader(decoder);
    if (depayloader.startsWith("rtph265depay")) {
      return "video/x-h265";
    }
    return depayloader.startsWith("rtpjpegdepay") ? "image/jpeg" : "video/x-h264";
  }

  /** What RTP calls the codec of a decoder; null for one that takes any. */
  static @Nullable String encodingName(String decoder) {
    return decoder.equals(AUTO)
        ? null
        : switch (coded(decoder)) {
          case "video/x-h265" -> "H265";
          case "image/jpeg" -> "JPEG";
          default -> "H264";
        };
  }

  /** The depayloader for a decoder element's codec, which element names tell by convention. */
  static String depayloader(String decoder) {
    if (decoder.contains("265") || decoder.contains("hevc")) {
      return decoder.startsWith("avdec_") ? "rtph265depay" : "rtph265depay ! h265parse";
    }
    if (decoder.contains("jpeg") || decoder.contains("jpg")) {
      return "rtpjpegdepay";
    }
    return decoder.startsWith("avdec_") ? "rtph264depay" : "rtph264depay ! h264parse";
  }
}
