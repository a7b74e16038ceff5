package io.andon.ingest.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import io.andon.config.ConfigException;
import io.andon.ingest.camera.StreamEndedException;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.testing.TestCameras;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.freedesktop.gstreamer.Buffer;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.Pad;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.Sample;
import org.freedesktop.gstreamer.glib.Natives;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of the test picture's seven upright bars the fifth, which is magenta down to two thirds. */
class CropIT {
  private static final long SECOND = 1_000_000_000L;

  /** Red, green and blue of each bar. */
  private static final String[] BARS = {"111", "110", "011", "010", "101", "100", "001"};

  private static final String FIFTH_BAR = "{x: 57.143, y: 0, width: 14.285, height: 60}";

  @BeforeAll
  static void load() throws ConfigException {
    assertThat(GStreamerCameras.start(List.of("videotestsrc", "videocrop", "concat"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"I420", "NV12", "Y444", "RGB", "I420_10LE", "P010_10LE"})
  void thePartAloneIsSentOfPicturesOfAnyFormat(String format) throws Exception {
    List<BufferedImage> frames =
        frames(camera(FIFTH_BAR), source(format, 700, 300) + " ! identity name=before");

    assertThat(frames).hasSize(2);
    requireMagenta(frames.get(1), 100, 180);
  }

  @Test
  void thePartStaysTheSameWhenTheCameraChangesItsSize() throws Exception {
    List<BufferedImage> frames =
        frames(
            camera(FIFTH_BAR),
            source("I420", 700, 300)
                + " ! all. "
                + source("I420", 1400, 480)
                + " ! all. "
                + source("I420", 350, 150)
                + " ! all. concat name=all ! identity name=before");

    assertThat(frames).hasSize(6);
    requireMagenta(frames.get(1), 100, 180);
    requireMagenta(frames.get(2), 200, 288);
    requireMagenta(frames.get(3), 200, 288);
    requireMagenta(frames.get(4), 50, 90);
  }

  @Test
  void theShortSideIsThatOfThePart() throws Exception {
    List<BufferedImage> frames =
        frames(
            camera("{x: 0, y: 0, width: 50, height: 100}"),
            source("I420", 2400, 1200) + " ! identity name=before");

    assertThat(frames.get(0).getWidth()).isEqualTo(288);
    assertThat(frames.get(0).getHeight()).isEqualTo(288);
  }

  @ParameterizedTest
  @CsvSource({"1280, 720, 1", "1280, 720, 2", "720, 576, 1", "1920, 1080, 1"})
  void aPartLargerThanTheFrameIsCutFirstAndScaledThen(int width, int height, int pixelWidth)
      throws Exception {
    List<BufferedImage> frames =
        frames(
            camera("{x: 10, y: 5, width: 80, height: 60}"),
            source("I420", 640, 360)
                + " ! all. "
                + source("I420", width, height)
                    .replace("pixel-aspect-ratio=1/1", "pixel-aspect-ratio=" + pixelWidth + "/1")
                + " ! all. concat name=all ! identity name=before");

    assertThat(frames).hasSize(4);
    for (BufferedImage frame : frames) {
      requireBars(frame, 0, frame.getWidth(), 0.1, 0.8);
    }
    double shown = (double) frames.get(3).getWidth() / frames.get(3).getHeight();
    assertThat(shown)
        .isBetween(
            0.98 * ratio(width, height, pixelWidth), 1.02 * ratio(width, height, pixelWidth));
  }

  private static double ratio(int width, int height, int pixelWidth) {
    return 0.8 * width * pixelWidth / (0.6 * height);
  }

  @ParameterizedTest
  @CsvSource({"0, 80, 100, 64", "10, 80, 80, 0", "5, 90, 90, 0"})
  void aFrameOfAnExactSizeShowsThePartBetweenBorders(int x, int wide, int high, int border)
      throws Exception {
    String crop =
        String.format(
            "{x: %d, y: 0, width: %d, height: %d}, width: 640, height: 360", x, wide, high);

    List<BufferedImage> frames =
        frames(camera(crop), source("I420", 1280, 720) + " ! identity name=before");

    assertThat(frames.get(1).getWidth()).isEqualTo(640);
    assertThat(frames.get(1).getHeight()).isEqualTo(360);
    requireBars(frames.get(1), border, 640 - 2 * border, x / 100.0, wide / 100.0);
  }

  /**
   * The test picture's bars are where they should be.
   *
   * @param from first column of the frame that shows the part
   * @param columns how many do
   * @param left where the part begins, share of the source's width
   * @param share width of the part, likewise
   */
  private static void requireBars(
      BufferedImage frame, int from, int columns, double left, double share) {
    int row = frame.getHeight() / 4;
    int looked = 0;
    for (int column = 0; column < columns; column++) {
      double bar = 7 * (left + share * (column + 0.5) / columns);
      double toEdge = Math.abs(bar - Math.rint(bar)) * columns / (7 * share);
      if (toEdge > 4) {
        int rgb = frame.getRGB(from + column, row);
        String seen = (rgb >> 16 & 255) / 128 + "" + (rgb >> 8 & 255) / 128 + (rgb & 255) / 128;
        assertThat(seen).as("column %d, bar %.2f", from + column, bar).isEqualTo(BARS[(int) bar]);
        looked++;
      }
    }
    assertThat(looked).isGreaterThan(columns / 2);
  }

  private static void requireMagenta(BufferedImage frame, int width, int height) {
    assertThat(frame.getWidth()).isEqualTo(width);
    assertThat(frame.getHeight()).isEqualTo(height);
    for (int y = 0; y < height; y++) {
      for (int x = 2; x < width - 2; x++) {
        int rgb = frame.getRGB(x, y);
        assertThat((rgb >> 16 & 255) > 130 && (rgb >> 8 & 255) < 60 && (rgb & 255) > 130)
            .as("magenta at %d, %d of %dx%d: %06x", x, y, width, height, rgb & 0xffffff)
            .isTrue();
      }
    }
  }

  private static String source(String format, int width, int height) {
    return String.format(
        "videotestsrc num-buffers=2 pattern=smpte ! video/x-raw,format=%s,width=%d,height=%d,"
            + "pixel-aspect-ratio=1/1,framerate=10/1",
        format, width, height);
  }

  /** What comes out of the product's own pipeline behind a source. */
  private static List<BufferedImage> frames(CameraConfig camera, String source) throws Exception {
    Pipeline pipeline = (Pipeline) Gst.parseLaunch(source + " ! " + PipelineText.encoding(camera));
    Element before = pipeline.getElementByName("before");
    Element size = pipeline.getElementByName("size");
    Element sink = pipeline.getElementByName("sink");
    Pad pad = before.getStaticPad("sink");
    List<BufferedImage> frames = new ArrayList<>();
    try (BusReader bus = new BusReader(pipeline, new Redaction(camera.url(), null));
        Cropping cropping = Cropping.of(pipeline, camera);
        FrameScaler scaler = FrameScaler.attach(camera, pad, cropping, size)) {
      pipeline.play();
      for (Pointer pulled = pull(sink); pulled != null; pulled = pull(sink)) {
        scaler.requireUsable();
        frames.add(image(pulled));
      }
      assertThat(GstNative.App.APP.gst_app_sink_is_eos(Natives.getRawPointer(sink)))
          .as("the end was reached: %s", told(bus))
          .isTrue();
    } finally {
      pipeline.stop();
      pipeline.dispose();
    }
    return frames;
  }

  private static String told(BusReader bus) {
    try {
      bus.poll();
      return "nothing told";
    } catch (StreamEndedException e) {
      return e.detail();
    }
  }

  private static @Nullable Pointer pull(Element sink) {
    return GstNative.App.APP.gst_app_sink_try_pull_sample(Natives.getRawPointer(sink), 60 * SECOND);
  }

  private static BufferedImage image(Pointer pulled) throws Exception {
    try (Sample sample = Natives.callerOwnsReturn(pulled, Sample.class);
        Buffer buffer = sample.getBuffer()) {
      ByteBuffer mapped = buffer.map(false);
      try {
        byte[] jpeg = new byte[mapped.remaining()];
        mapped.get(jpeg);
        return ImageIO.read(new ByteArrayInputStream(jpeg));
      } finally {
        buffer.unmap();
      }
    }
  }

  private static CameraConfig camera(String crop) throws ConfigException {
    return TestCameras.with(", crop: " + crop);
  }
}
