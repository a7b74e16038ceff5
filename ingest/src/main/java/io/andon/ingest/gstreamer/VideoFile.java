package io.andon.ingest.gstreamer;

import com.sun.jna.Pointer;
import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.ingest.camera.StopReason;
import io.andon.ingest.camera.StreamEndedException;
import io.andon.ingest.gate.I420Picture;
import io.andon.ingest.settings.CameraConfig;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.freedesktop.gstreamer.Buffer;
import org.freedesktop.gstreamer.Caps;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Fraction;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.GstException;
import org.freedesktop.gstreamer.Pad;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.Sample;
import org.freedesktop.gstreamer.StateChangeReturn;
import org.freedesktop.gstreamer.Structure;
import org.freedesktop.gstreamer.glib.Natives;
import org.jspecify.annotations.Nullable;

/**
 * A video file as a camera: the same scaling and the same JPEGs that ingest puts on Kafka, every
 * picture of the file, as fast as they are taken. Used by one thread.
 */
public final class VideoFile implements AutoCloseable {
  private static final List<String> ELEMENTS =
      List.of(
          "filesrc",
          "decodebin",
          "qtdemux",
          "identity",
          "capsfilter",
          "videoconvertscale",
          "videocrop",
          "tee",
          "jpegenc",
          "appsink");
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final Path file;
  private final Pipeline pipeline;
  private final Element before;
  private final @Nullable Cropping cropping;
  private final Element size;
  private final Element sink;
  private final Pad beforePad;
  private final BusReader bus;
  private final @Nullable PixelSink pixels;

  private final FrameScaler scaler;

  private VideoFile(Path file, CameraConfig camera, Pipeline pipeline) {
    this.file = file;
    this.pipeline = pipeline;
    before = pipeline.getElementByName("before");
    cropping = Cropping.of(pipeline, camera);
    size = pipeline.getElementByName("size");
    sink = pipeline.getElementByName("sink");
    beforePad = before.getStaticPad("sink");
    pixels = PixelSink.of(pipeline, camera);
    bus = new BusReader(pipeline, new Redaction(camera.url(), null));
    scaler = FrameScaler.attach(camera, beforePad, cropping, size);
  }

  /**
   * One picture of a file.
   *
   * @param jpeg JPEG, 4:2:0
   * @param width pixels
   * @param height pixels
   * @param fps nominal frames a second by the container; 0 where it gives none
   * @param pixels the decoded picture, good until the next one is taken; null where no gate asks
   *     for it
   */
  public record Frame(
      byte[] jpeg, int width, int height, double fps, @Nullable I420Picture pixels) {}

  /**
   * Loads GStreamer into this process and checks that it has all that files need.
   *
   * @throws ConfigException if GStreamer or one of its elements is missing
   */
  public static void load() throws ConfigException {
    List<Problem> problems = GStreamerCameras.start(ELEMENTS);
    if (!problems.isEmpty()) {
      throw GStreamerCameras.missing(problems);
    }
  }

  /**
   * Opens a file; {@link #load} must have been called.
   *
   * @param file any video that GStreamer can decode
   * @param camera gives the size and the JPEG quality of the frames; its address, rate and decoder
   *     are not used
   * @throws StreamEndedException if the file can't be opened
   */
  public static VideoFile open(Path file, CameraConfig camera) throws StreamEndedException {
    Pipeline pipeline;
    try {
      pipeline = (Pipeline) Gst.parseLaunch(PipelineText.ofFile(camera));
    } catch (GstException e) {
      throw new StreamEndedException(StopReason.PIPELINE, e.toString());
    }
    VideoFile video = new VideoFile(file, camera, pipeline);
    Element source = pipeline.getElementByName("src");
    source.set("location", file.toAbsolutePath().toString());
    source.dispose();
    if (pipeline.play() == StateChangeReturn.FAILURE) {
      StreamEndedException failure = video.failure();
      video.close();
      throw failure;
    }
    return video;
  }

  private StreamEndedException failure() {
    try {
      bus.poll();
    } catch (StreamEndedException e) {
      return new StreamEndedException(e.reason(), file + ": " + e.detail());
    }
    return new StreamEndedException(StopReason.STREAM_ERROR, file + " can't be opened");
  }

  /**
   * The next picture, or null at the end of the file.
   *
   * @throws StreamEndedException if the file can't be decoded
   */
  public @Nullable Frame next() throws StreamEndedException {
    Pointer pulled =
        GstNative.App.APP.gst_app_sink_try_pull_sample(Natives.getRawPointer(sink), PATIENCE_NANOS);
    if (pulled == null) {
      requireEnd();
      return null;
    }
    try (Sample sample = Natives.callerOwnsReturn(pulled, Sample.class)) {
      scaler.requireUsable();
      return frame(sample);
    } catch (StreamEndedException e) {
      throw new StreamEndedException(e.reason(), file + ": " + e.detail());
    }
  }

  /** The end reaches this sink before all sinks are known to have reached it. */
  private void requireEnd() throws StreamEndedException {
    try {
      bus.poll();
    } catch (StreamEndedException e) {
      if (e.reason() == StopReason.END_OF_STREAM) {
        return;
      }
      throw new StreamEndedException(e.reason(), file + ": " + e.detail());
    }
    if (!GstNative.App.APP.gst_app_sink_is_eos(Natives.getRawPointer(sink))) {
      throw new StreamEndedException(StopReason.STREAM_ERROR, file + " gave no picture for 10 s");
    }
  }

  private Frame frame(Sample sample) {
    int width;
    int height;
    double fps;
    try (Caps caps = sample.getCaps()) {
      Structure structure = caps.getStructure(0);
      width = structure.getInteger("width");
      height = structure.getInteger("height");
      fps = structure.hasField("framerate") ? fps(structure.getFraction("framerate")) : 0;
    }
    try (Buffer buffer = sample.getBuffer()) {
      ByteBuffer mapped = buffer.map(false);
      try {
        byte[] jpeg = new byte[mapped.remaining()];
        mapped.get(jpeg);
        long pts = buffer.getPresentationTimestamp();
        return new Frame(jpeg, width, height, fps, pixels == null ? null : pixels.at(pts));
      } finally {
        buffer.unmap();
      }
    }
  }

  private static double fps(Fraction rate) {
    return rate.getDenominator() == 0 ? 0 : (double) rate.getNumerator() / rate.getDenominator();
  }

  @Override
  public void close() {
    pipeline.stop();
    bus.close();
    scaler.close();
    beforePad.dispose();
    before.dispose();
    if (cropping != null) {
      cropping.close();
    }
    size.dispose();
    if (pixels != null) {
      pixels.close();
    }
    sink.dispose();
    pipeline.dispose();
  }
}
