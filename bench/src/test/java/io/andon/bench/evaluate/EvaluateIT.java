package io.andon.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.andon.bench.evaluate.data.StillSet;
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
  private static final String HEADER = "set,split,class,label,image,mask\n";
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
    JsonNode figures = evaluate("--data", root.toString(), "--gate", "safe", "--disturb", "right");
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
    JsonNode right = figures.get(1);
    assertThat(right.get("set").asText()).isEqualTo("yard");
    assertThat(right.get("disturbance").asText()).isEqualTo("right");
    assertThat(right.get("auroc").asDouble()).as("all of it is in view").isGreaterThan(0.9);
    assertThat(right.has("pixel_auroc")).isFalse();
    assertThat(right.has("gate")).isFalse();
    JsonNode plates = figures.get(2);
    assertThat(plates.get("set").asText()).isEqualTo("plates");
    assertThat(plates.get("shots").asText()).isEqualTo("all");
    assertThat(plates.get("frames_train").asInt()).as("20, also turned").isGreaterThan(20);
    assertThat(plates.get("auroc").asDouble()).isGreaterThan(0.9);
    assertThat(plates.get("auroc_se").asDouble()).isBetween(0.0, 0.2);
    JsonNode few = figures.get(3);
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

  @Test
  void anUnknownSetEndsWithStatus2() {
    assertThat(EvaluateCommand.run("--data", root.toString(), "--sets", "yrad")).isEqualTo(2);
  }

  @Test
  void aFileThatCannotBeReadCostsItselfAlone() throws IOException {
    Path data = root.resolve("damaged");
    StringBuilder manifest = new StringBuilder(HEADER);
    manifest.append(damaged(data, "cups", "train"));
    manifest.append(damaged(data, "cups", "test"));
    for (int i = 0; i < StillSet.FEWEST_TRAIN; i++) {
      manifest.append(still(data, "cups/train/" + i + ".png", i, false));
    }
    for (int i = 0; i < 4; i++) {
      manifest.append(still(data, "cups/test/" + i + ".png", 20 + i, i % 2 == 0));
    }
    Files.writeString(data.resolve("images/cups/mask.png"), "no picture");
    manifest.append(still(data, "cups/test/4.png", 24, true).replace(",\n", ",cups/mask.png\n"));
    manifest.append(damaged(data, "lids", "train").repeat(StillSet.FEWEST_TRAIN));
    manifest.append(still(data, "lids/test/0.png", 30, true));
    Files.writeString(data.resolve("images/manifest.csv"), manifest);
    JsonNode figures = evaluate("--data", data.toString(), "--contaminate", "20");
    assertThat(figures).as("a set of which no train picture can be read is left out").hasSize(1);
    JsonNode cups = figures.get(0);
    assertThat(cups.get("set").asText()).isEqualTo("cups");
    assertThat(cups.get("frames_train").asInt()).isEqualTo(StillSet.FEWEST_TRAIN);
    assertThat(cups.get("frames_test").asInt()).isEqualTo(5);
    assertThat(cups.get("test_frames_in_warm_up").asInt()).as("7 end a warm-up").isZero();
    assertThat(cups.get("auroc").asDouble()).isGreaterThan(0.9);
  }

  @Test
  void aSetThatFailsTakesNoOtherWithIt() throws IOException {
    Path data = root.resolve("broken");
    Files.createDirectories(data.resolve("alley/train"));
    Files.createDirectories(data.resolve("alley/test"));
    Files.createDirectories(data.resolve("alley/labels"));
    Files.writeString(data.resolve("alley/train/01.mp4"), "no video");
    Files.writeString(data.resolve("alley/test/01.mp4"), "no video");
    Files.writeString(data.resolve("alley/labels/01.txt"), "0 1");
    normalStills(data);
    JsonNode figures = evaluate(1, "--data", data.toString(), "--contaminate", "20");
    assertThat(figures).hasSize(1);
    assertThat(figures.get(0).get("set").asText()).isEqualTo("bolts");
    assertThat(figures.get(0).get("auroc")).as("there are only normal ones").isNull();
    assertThat(Files.readString(root.resolve("figures.json"))).doesNotContain("NaN");
  }

  @Test
  void aWarmUpThatDoesNotEndIsToldInPlaceOfFigures() throws IOException {
    Path data = root.resolve("short");
    for (String clip : List.of("train", "test")) {
      Path file = data.resolve("yard/" + clip + "/01.mp4");
      Files.createDirectories(file.getParent());
      Files.copy(root.resolve("yard/test/01.mp4"), file);
    }
    Files.createDirectories(data.resolve("yard/labels"));
    Files.copy(root.resolve("yard/labels/01.txt"), data.resolve("yard/labels/01.txt"));
    JsonNode yard = evaluate("--data", data.toString()).get(0);
    assertThat(yard.get("test_frames_in_warm_up").asInt()).isEqualTo(TEST_FRAMES);
    assertThat(yard.get("skipped").asText()).isEqualTo("the detector did not end its warm-up");
    assertThat(yard.has("auroc")).isFalse();
    assertThat(yard.has("event_recall")).isFalse();
  }

  @Test
  void aSmallPartOnAPlainGroundIsCutOutUnlessItIsNotToBe() throws IOException {
    Path data = root.resolve("small");
    StringBuilder manifest = new StringBuilder(HEADER);
    for (int i = 0; i < 18; i++) {
      manifest.append(onGround(data, "clips/train/" + i + ".png", i, false));
    }
    for (int i = 20; i < 26; i++) {
      manifest.append(onGround(data, "clips/test/" + i + ".png", i, i % 2 == 0));
    }
    Files.writeString(data.resolve("images/manifest.csv"), manifest);

    JsonNode cut = evaluate("--data", data.toString()).get(0);
    JsonNode whole = evaluate("--data", data.toString(), "--crop", "off").get(0);

    assertThat(cut.get("crop").get("x").asDouble()).isBetween(20.0, 37.5);
    assertThat(cut.get("crop").get("width").asDouble()).isBetween(25.0, 45.0);
    assertThat(cut.get("auroc").asDouble()).isEqualTo(1);
    assertThat(cut.get("pixel_auroc").asDouble()).as("in its place").isGreaterThan(0.95);
    assertThat(whole.has("crop")).isFalse();
    assertThat(whole.get("pixel_auroc").asDouble()).isGreaterThan(0.5);
    assertThat(EvaluateCommand.run("--data", data.toString(), "--crop", "on")).isEqualTo(2);
  }

  /** The picture at a quarter of its size on a ground of 320x256, and its mask if it has one. */
  private static String onGround(Path data, String name, int number, boolean defective)
      throws IOException {
    Path file = data.resolve("images").resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(small(picture(number, defective), new Color(20, 30, 40)), "png", file.toFile());
    String mask = defective ? name.replace(".png", "-mask.png") : "";
    if (defective) {
      ImageIO.write(small(mask(), Color.BLACK), "png", data.resolve("images/" + mask).toFile());
    }
    return String.format(
        "clips,%s,,%d,%s,%s%n", name.split("/", -1)[1], defective ? 1 : 0, name, mask);
  }

  private static BufferedImage small(BufferedImage picture, Color ground) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = image.createGraphics();
    g.setColor(ground);
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.drawImage(picture, 3 * WIDTH / 8, 3 * HEIGHT / 8, WIDTH / 4, HEIGHT / 4, null);
    g.dispose();
    return image;
  }

  private static String damaged(Path data, String set, String split) throws IOException {
    Path file = data.resolve("images/" + set + "/" + split + "/damaged.png");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "no picture");
    return String.format("%s,%s,,0,%s/%s/damaged.png,%n", set, split, set, split);
  }

  private static void normalStills(Path data) throws IOException {
    StringBuilder manifest = new StringBuilder(HEADER);
    for (int i = 0; i < StillSet.FEWEST_TRAIN; i++) {
      manifest.append(still(data, "bolts/train/" + i + ".png", i, false));
    }
    for (int i = 0; i < 3; i++) {
      manifest.append(still(data, "bolts/test/" + i + ".png", 20 + i, false));
    }
    Files.writeString(data.resolve("images/manifest.csv"), manifest);
  }

  private static JsonNode evaluate(String... arguments) throws IOException {
    return evaluate(0, arguments);
  }

  /** Runs the command, which is to end with a status, and reads its figures. */
  private static JsonNode evaluate(int status, String... arguments) throws IOException {
    Path out = root.resolve("figures.json");
    String configured = System.getenv(ModelStore.ROOT_VARIABLE);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", out.toString(), "--cache", root.resolve("cache").toString()));
    all.addAll(List.of("--models", configured == null ? "../.cache/models" : configured));
    assertThat(EvaluateCommand.run(all.toArray(String[]::new))).isEqualTo(status);
    return new ObjectMapper().readTree(out.toFile());
  }

  private static void labels(List<String> values) throws IOException {
    Path file = root.resolve("yard/labels/01.txt");
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", values));
  }

  private static void stills() throws IOException {
    StringBuilder manifest = new StringBuilder(HEADER);
    for (int i = 0; i < 20; i++) {
      manifest.append(still(root, "plates/train/" + i + ".png", i, false));
    }
    for (int i = 20; i < 36; i++) {
      manifest.append(still(root, "plates/test/" + i + ".jpg", i, i % 2 == 0));
    }
    Files.writeString(root.resolve("images/manifest.csv"), manifest);
  }

  /** Makes a picture {@code SET/SPLIT/FILE} and gives its row. */
  private static String still(Path data, String name, int number, boolean defective)
      throws IOException {
    Path file = data.resolve("images").resolve(name);
    Files.createDirectories(file.getParent());
    String type = name.substring(name.length() - 3);
    ImageIO.write(picture(number, defective), type, file.toFile());
    String[] parts = name.split("/", -1);
    return String.format("%s,%s,,%d,%s,%n", parts[0], parts[1], defective ? 1 : 0, name);
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
    // Else it takes signals that the JVM sends itself for faults of a plugin that it loads.
    Gst.GST.gst_segtrap_set_enabled(false);
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

    void gst_segtrap_set_enabled(boolean enabled);

    void gst_init(@Nullable Pointer count, @Nullable Pointer arguments);

    Pointer gst_parse_launch(String text, @Nullable Pointer error);

    int gst_element_set_state(Pointer element, int state);

    Pointer gst_element_get_bus(Pointer element);

    Pointer gst_bus_timed_pop_filtered(Pointer bus, long timeout, int types);

    void gst_object_unref(Pointer object);
  }
}
