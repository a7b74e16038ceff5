package io.andon.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.andon.embedding.model.ModelStore;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole command over a small folder that the test makes, with the real decoder and model. */
@Timeout(600)
class EvaluateIT {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 256;
  private static final int FPS = 10;

  /** Long enough for the detector's own warm-up, 45 s by default. */
  private static final int TRAIN_FRAMES = 500;

  private static final int TEST_FRAMES = 60;
  private static final int FROM = 30;

  @TempDir private static Path root = Path.of("");

  @BeforeAll
  static void makeData() throws IOException {
    video("yard/train/01.mp4", TRAIN_FRAMES, TRAIN_FRAMES);
    video("yard/test/01.mp4", TEST_FRAMES, FROM);
    labels(IntStream.range(0, TEST_FRAMES).mapToObj(i -> i < FROM ? "0" : "1").toList());
    Path masks = root.resolve("yard/masks/01.zip");
    Files.createDirectories(masks.getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(masks))) {
      for (int frame = FROM; frame < TEST_FRAMES; frame++) {
        zip.putNextEntry(new ZipEntry(String.format("%03d.png", frame)));
        ImageIO.write(mask(), "png", zip);
      }
    }
    stills();
  }

  @Test
  void anObviousAnomalyIsTold() throws IOException {
    JsonNode figures = evaluate("--data", root.toString(), "--gate", "safe");
    JsonNode yard = figures.get(0);
    assertThat(yard.get("set").asText()).isEqualTo("yard");
    assertThat(yard.get("auroc").asDouble()).isGreaterThan(0.9);
    assertThat(yard.get("pixel_auroc").asDouble()).isGreaterThan(0.8);
    assertThat(yard.get("nn_pixel_auroc").asDouble()).isBetween(0.3, 1.0);
    assertThat(yard.get("events").asInt()).isEqualTo(1);
    assertThat(yard.get("events_found").asInt()).isEqualTo(1);
    assertThat(yard.get("delay_max_seconds").asDouble()).isLessThan(3);
    assertThat(yard.get("ms_per_frame").asDouble()).isPositive();
    JsonNode gated = yard.get("gate").get(0);
    assertThat(yard.get("gate")).as("a row a budget").hasSize(3);
    assertThat(gated.get("gate").asText()).isEqualTo("safe");
    assertThat(gated.get("calls_saved_test").asDouble()).isBetween(0.0, 0.95);
    assertThat(gated.get("auroc").asDouble()).isGreaterThan(0.9);
    assertThat(gated.get("auroc_without").asDouble()).isEqualTo(yard.get("auroc").asDouble());
    assertThat(gated.get("events_missed_by_gate").asInt()).isZero();
    JsonNode plates = figures.get(1);
    assertThat(plates.get("set").asText()).isEqualTo("plates");
    assertThat(plates.get("shots").asText()).isEqualTo("all");
    assertThat(plates.get("auroc").asDouble()).isGreaterThan(0.9);
    assertThat(plates.get("auroc_se").asDouble()).isBetween(0.0, 0.2);
    JsonNode few = figures.get(2);
    assertThat(few.get("shots").asInt()).isEqualTo(16);
    assertThat(few.get("auroc_draws")).hasSize(3);
    assertThat(few.get("auroc").asDouble()).isGreaterThan(0.9);
  }

  @Test
  void withShuffledLabelsNothingIsTold() throws IOException {
    Path labels = root.resolve("yard/labels/01.txt");
    List<String> truth = Files.readAllLines(labels);
    List<String> shuffled = new ArrayList<>(truth);
    for (int i = 0; i < FROM; i += 2) {
      Collections.swap(shuffled, i, FROM + i);
    }
    try {
      labels(shuffled);
      JsonNode figures = evaluate("--data", root.toString(), "--sets", "yard");
      assertThat(figures.get(0).get("auroc").asDouble()).isBetween(0.35, 0.65);
    } finally {
      labels(truth);
    }
  }

  @Test
  void aMissingFolderEndsWithStatus2() {
    assertThat(EvaluateCommand.run("--data", root.resolve("nowhere").toString())).isEqualTo(2);
  }

  private static JsonNode evaluate(String... arguments) throws IOException {
    Path out = root.resolve("figures.json");
    String configured = System.getenv(ModelStore.ROOT_VARIABLE);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", out.toString(), "--cache", root.resolve("cache").toString()));
    all.addAll(List.of("--models", configured == null ? "../.cache/models" : configured));
    assertThat(EvaluateCommand.run(all.toArray(String[]::new))).isZero();
    return new ObjectMapper().readTree(out.toFile());
  }

  private static void labels(List<String> values) throws IOException {
    Path file = root.resolve("yard/labels/01.txt");
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", values));
  }

  private static void stills() throws IOException {
    StringBuilder manifest = new StringBuilder("set,split,class,label,image,mask\n");
    for (int i = 0; i < 20; i++) {
      manifest.append(still("train/" + i + ".png", i, false));
    }
    for (int i = 20; i < 36; i++) {
      manifest.append(still("test/" + i + ".jpg", i, i % 2 == 0));
    }
    Files.writeString(root.resolve("images/manifest.csv"), manifest);
  }

  private static String still(String name, int number, boolean defective) throws IOException {
    Path file = root.resolve("images/plates").resolve(name);
    Files.createDirectories(file.getParent());
    String type = name.substring(name.length() - 3);
    ImageIO.write(picture(number, defective), type, file.toFile());
    return String.format(
        "plates,%s,,%d,plates/%s,%n", name.replaceAll("/.*", ""), defective ? 1 : 0, name);
  }

  /** A plate of stripes that moves a little; a defect is a large bright cross on it. */
  private static BufferedImage picture(int number, boolean anomalous) {
    Random noise = new Random(number);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(90, 95, 100));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setColor(new Color(60, 62, 66));
    int shift = noise.nextInt(3);
    for (int x = shift; x < WIDTH; x += 24) {
      g.fillRect(x, 20, 10, HEIGHT - 40);
    }
    if (anomalous) {
      g.setColor(new Color(240, 200, 40));
      g.fillRect(180, 60, 60, 120);
      g.setColor(new Color(30, 30, 160));
      g.fillOval(190, 90, 40, 40);
    }
    g.dispose();
    for (int i = 0; i < 3_000; i++) {
      int x = noise.nextInt(WIDTH);
      int y = noise.nextInt(HEIGHT);
      int grey = 70 + noise.nextInt(30);
      if (!anomalous || x < 170) {
        image.setRGB(x, y, new Color(grey, grey, grey).getRGB());
      }
    }
    return image;
  }

  private static BufferedImage mask() {
    BufferedImage mask = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY);
    Graphics2D g = mask.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(180, 60, 60, 120);
    g.dispose();
    return mask;
  }

  /** Encodes pictures as H.264; from one frame on they are anomalous. */
  private static void video(String name, int frames, int anomalousFrom) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Path pictures = Files.createTempDirectory(root, "frames");
    for (int i = 0; i < frames; i++) {
      Path picture = pictures.resolve(String.format("%05d.jpg", i));
      ImageIO.write(picture(1_000 + i, i >= anomalousFrom), "jpg", picture.toFile());
    }
    encode(
        String.format(
            "multifilesrc location=%s/%%05d.jpg start-index=0 stop-index=%d"
                + " caps=\"image/jpeg,framerate=%d/1\" ! jpegdec ! videoconvert"
                + " ! video/x-raw,format=I420 ! x264enc bitrate=2000 speed-preset=ultrafast"
                + " ! h264parse ! mp4mux ! filesink location=%s",
            pictures, frames - 1, FPS, file));
  }

  private static void encode(String pipelineText) {
    Gst.GST.gst_init(null, null);
    Pointer pipeline = Gst.GST.gst_parse_launch(pipelineText, null);
    Gst.GST.gst_element_set_state(pipeline, Gst.PLAYING);
    Pointer bus = Gst.GST.gst_element_get_bus(pipeline);
    Pointer end = Gst.GST.gst_bus_timed_pop_filtered(bus, -1, Gst.ERROR_OR_END);
    assertThat(end.getInt(Gst.TYPE_OFFSET)).as("end of stream").isEqualTo(1);
    Gst.GST.gst_element_set_state(pipeline, Gst.NULL);
    Gst.GST.gst_object_unref(bus);
    Gst.GST.gst_object_unref(pipeline);
  }

  /** The few calls of GStreamer that it takes to make a file. */
  private interface Gst extends Library {
    Gst GST = Native.load("libgstreamer-1.0.so.0", Gst.class);
    int NULL = 1;
    int PLAYING = 4;
    int ERROR_OR_END = 3;
    int TYPE_OFFSET = 64;

    void gst_init(@Nullable Pointer count, @Nullable Pointer arguments);

    Pointer gst_parse_launch(String text, @Nullable Pointer error);

    int gst_element_set_state(Pointer element, int state);

    Pointer gst_element_get_bus(Pointer element);

    Pointer gst_bus_timed_pop_filtered(Pointer bus, long timeout, int types);

    void gst_object_unref(Pointer object);
  }
}
