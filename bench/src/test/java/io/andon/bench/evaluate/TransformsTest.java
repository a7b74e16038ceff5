package io.andon.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransformsTest {
  private static final int GREY = 0xff808080;
  private static final int BRIGHT = 0xffc86432;

  private static BufferedImage plain(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, GREY);
      }
    }
    return image;
  }

  private static BufferedImage marked(int x, int y) {
    BufferedImage image = plain(8, 6);
    image.setRGB(x, y, BRIGHT);
    return image;
  }

  private static int red(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) >> 16 & 0xff;
  }

  @Test
  void aWholePixelMovesAMarkRightAndDown() {
    BufferedImage shifted = Transforms.shifted(marked(2, 3), 2, 1);
    assertThat(shifted.getRGB(4, 4)).isEqualTo(BRIGHT);
    assertThat(shifted.getRGB(2, 3)).isEqualTo(GREY);
    assertThat(Transforms.shifted(marked(2, 3), -2, -3).getRGB(0, 0)).isEqualTo(BRIGHT);
  }

  @Test
  void aPartOfAPixelIsSharedOut() {
    BufferedImage shifted = Transforms.shifted(marked(2, 3), 0.25, 0);
    assertThat(red(shifted, 2, 3)).isEqualTo(128 + (200 - 128) * 3 / 4);
    assertThat(red(shifted, 3, 3)).isEqualTo(128 + (200 - 128) / 4);
    assertThat(red(shifted, 1, 3)).isEqualTo(128);
    assertThat(red(Transforms.shifted(marked(2, 3), -0.5, -0.5), 1, 2)).isEqualTo(128 + 18);
  }

  @Test
  void edgesAreRepeated() {
    BufferedImage shifted = Transforms.shifted(marked(0, 0), 3, 2);
    for (int x = 0; x <= 3; x++) {
      assertThat(shifted.getRGB(x, 0)).isEqualTo(BRIGHT);
    }
    assertThat(shifted.getRGB(4, 0)).isEqualTo(GREY);
    assertThat(shifted.getRGB(0, 3)).isEqualTo(GREY);
  }

  @Test
  void noiseIsSeededAndTheSameOnAllColours() {
    BufferedImage noisy = Transforms.noisy(plain(200, 100), new SplittableRandom(3), 10);
    BufferedImage again = Transforms.noisy(plain(200, 100), new SplittableRandom(3), 10);
    int[] off = IntStream.range(0, 20_000).map(i -> red(noisy, i % 200, i / 200) - 128).toArray();
    assertThat(IntStream.of(off).average().orElseThrow()).isCloseTo(0, within(0.4));
    assertThat(Math.sqrt(IntStream.of(off).mapToDouble(v -> v * v).average().orElseThrow()))
        .isCloseTo(10, within(0.4));
    for (int x = 0; x < 200; x++) {
      int red = red(noisy, x, 7);
      assertThat(noisy.getRGB(x, 7)).isEqualTo(0xff000000 | red * 0x010101);
      assertThat(again.getRGB(x, 7)).isEqualTo(noisy.getRGB(x, 7));
    }
    assertThat(red(Transforms.noisy(plain(200, 100), new SplittableRandom(4), 10), 0, 0))
        .isNotEqualTo(red(noisy, 0, 0));
  }

  @Test
  void lightChangesAllColoursAndEndsAtWhite() {
    BufferedImage lit = Transforms.lit(marked(1, 1), 1.5);
    assertThat(lit.getRGB(0, 0)).isEqualTo(0xffc0c0c0);
    assertThat(lit.getRGB(1, 1)).isEqualTo(0xffff964b);
  }

  @Test
  void halfIsTheMeanOfFour() {
    BufferedImage half = Transforms.halved(marked(3, 2));
    assertThat(half.getWidth()).isEqualTo(4);
    assertThat(half.getHeight()).isEqualTo(3);
    assertThat(red(half, 1, 1)).isEqualTo(128 + (200 - 128) / 4);
    assertThat(half.getRGB(0, 0)).isEqualTo(GREY);
    assertThat(Transforms.halved(plain(9, 7)).getWidth())
        .as("an odd column is dropped")
        .isEqualTo(4);
  }

  @Test
  void aPartIsCutOutAsItIs() {
    BufferedImage part = Transforms.cut(marked(5, 4), new Rectangle(4, 2, 4, 3));
    assertThat(part.getWidth()).isEqualTo(4);
    assertThat(part.getHeight()).isEqualTo(3);
    assertThat(part.getRGB(1, 2)).isEqualTo(BRIGHT);
    assertThat(part.getRGB(0, 0)).isEqualTo(GREY);
  }

  @Test
  void aMarkIsTwiceAsLargeInADoubledPicture() {
    BufferedImage doubled = Transforms.doubled(marked(5, 4));
    assertThat(doubled.getWidth()).isEqualTo(16);
    assertThat(doubled.getHeight()).isEqualTo(12);
    for (int i = 0; i < 4; i++) {
      assertThat(red(doubled, 10 + i % 2, 8 + i / 2)).isGreaterThan(160);
    }
    assertThat(red(doubled, 7, 8)).isCloseTo(128, within(8));
    BufferedImage smooth = Transforms.doubled(plain(8, 6));
    assertThat(IntStream.range(0, 16 * 12).map(i -> smooth.getRGB(i % 16, i / 16)))
        .as("edges too")
        .containsOnly(GREY);
  }
}
