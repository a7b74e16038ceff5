package io.andon.ingest.crop;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.ingest.settings.CropConfig;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class PartOnGroundTest {
  private static final Color GROUND = new Color(70, 90, 110);
  private static final int WIDTH = 320;
  private static final int HEIGHT = 160;
  private static final int CELL = WIDTH / 64;

  private final Random random = new Random(7);
  private double rare;

  @Test
  void aPartIsCutOutWithAMarginWhereverItLiesInAPicture() {
    CropConfig part =
        partOf(
                20,
                (g, i) -> {
                  ground(g, GROUND);
                  part(g, 100 + random.nextInt(CELL), 40 + random.nextInt(3));
                })
            .orElseThrow();

    double margin = 100.0 / 32;
    assertThat(part.x()).isBetween(31.25 - 2 * margin, 31.25 - margin);
    assertThat(part.y()).isBetween(25 - 2 * margin, 25 - margin);
    assertThat(part.x() + part.width()).isBetween(51.4 + margin, 51.4 + 2 * margin);
    assertThat(part.y() + part.height()).isBetween(38.8 + margin, 38.8 + 2 * margin);
  }

  @Test
  void whereItLiesFromPictureToPictureIsAllKept() {
    CropConfig part =
        partOf(
                40,
                (g, i) -> {
                  ground(g, GROUND);
                  part(g, i % 2 == 0 ? 75 : 110, 40);
                })
            .orElseThrow();

    assertThat(part.x() * WIDTH / 100).isLessThan(75);
    assertThat((part.x() + part.width()) * WIDTH / 100).isGreaterThan(110 + 60);
  }

  @Test
  void unevenLightOnAPlainGroundIsNoPart() {
    Optional<CropConfig> part =
        partOf(
            20,
            (g, i) -> {
              for (int x = 0; x < WIDTH; x++) {
                int shade = 60 + x * 80 / WIDTH;
                g.setColor(new Color(shade, shade, shade));
                g.fillRect(x, 0, 1, HEIGHT);
              }
              part(g, 100, 40);
            });

    assertThat(part).isPresent();
  }

  @Test
  void aPictureOfADustyGroundAmongAHundredCountsIfItIsToCount() {
    BiConsumer<Graphics2D, Integer> clean =
        (g, i) -> {
          ground(g, GROUND);
          part(g, 100, 40);
        };
    BiConsumer<Graphics2D, Integer> dusty =
        (g, i) -> {
          clean.accept(g, i);
          if (i == 17) {
            g.setColor(Color.WHITE);
            g.fillOval(10, 10, 8, 8);
          }
        };

    rare = 0.02;
    Optional<CropConfig> part = partOf(100, dusty);
    assertThat(part).isEqualTo(partOf(100, clean)).isPresent();

    rare = 0;
    assertThat(partOf(100, dusty)).as("everything counts").isNotEqualTo(part);
  }

  @Test
  void aSurfaceThatFillsThePictureIsLeftWhole() {
    assertThat(partOf(20, (g, i) -> ground(g, GROUND))).as("plain").isEmpty();
    assertThat(
            partOf(
                20,
                (g, i) -> {
                  for (int y = 0; y < HEIGHT; y += 4) {
                    for (int x = 0; x < WIDTH; x += 4) {
                      int shade = 100 + random.nextInt(40);
                      g.setColor(new Color(shade, shade, shade));
                      g.fillRect(x, y, 4, 4);
                    }
                  }
                }))
        .as("rough")
        .isEmpty();
  }

  @Test
  void aPlainSideAloneIsLeftIn() {
    assertThat(
            partOf(
                20,
                (g, i) -> {
                  ground(g, GROUND);
                  g.setColor(Color.WHITE);
                  g.fillRect(0, 0, WIDTH / 3, HEIGHT);
                }))
        .as("something at the left border")
        .isEmpty();
    assertThat(
            partOf(
                20,
                (g, i) -> {
                  ground(g, GROUND);
                  g.setColor(new Color(160, 160, 160));
                  g.fillRect(WIDTH / 2, 0, WIDTH / 2, HEIGHT);
                  g.setColor(Color.WHITE);
                  g.fillRect(WIDTH / 2 - 15, 0, 30, HEIGHT);
                }))
        .as("two grounds")
        .isEmpty();
  }

  @Test
  void whatIsNotThereInNearlyAllPicturesIsNoPart() {
    assertThat(
            partOf(
                20,
                (g, i) -> {
                  ground(g, GROUND);
                  if (i % 5 != 0) {
                    part(g, 100, 40);
                  }
                }))
        .isEmpty();
  }

  @Test
  void fewOrTinyPicturesTellNothing() {
    BiConsumer<Graphics2D, Integer> scene =
        (g, i) -> {
          ground(g, GROUND);
          part(g, 100, 40);
        };
    assertThat(partOf(4, scene)).isEmpty();
    assertThat(partOf(5, scene)).isPresent();

    PartOnGround tiny = new PartOnGround(0);
    for (int i = 0; i < 10; i++) {
      tiny.add(new BufferedImage(63, 1, BufferedImage.TYPE_INT_RGB));
    }
    assertThat(tiny.part()).isEmpty();
  }

  private static void ground(Graphics2D g, Color colour) {
    g.setColor(colour);
    g.fillRect(0, 0, WIDTH, HEIGHT);
  }

  private static void part(Graphics2D g, int x, int y) {
    g.setColor(Color.WHITE);
    g.fillRect(x, y, 60, 20);
  }

  private Optional<CropConfig> partOf(int pictures, BiConsumer<Graphics2D, Integer> scene) {
    PartOnGround part = new PartOnGround(rare);
    for (int i = 0; i < pictures; i++) {
      BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = picture.createGraphics();
      scene.accept(graphics, i);
      graphics.dispose();
      addNoise(picture);
      part.add(picture);
    }
    return part.part();
  }

  private void addNoise(BufferedImage picture) {
    int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < pixels.length; i++) {
      int noise = (int) Math.round(2 * random.nextGaussian());
      int red = within((pixels[i] >> 16 & 255) + noise);
      int green = within((pixels[i] >> 8 & 255) + noise);
      pixels[i] = red << 16 | green << 8 | within((pixels[i] & 255) + noise);
    }
  }

  private static int within(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
