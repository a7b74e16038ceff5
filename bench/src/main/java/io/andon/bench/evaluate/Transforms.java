package io.andon.bench.evaluate;

import io.andon.bench.picture.Scaling;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/** What can be done to the pixels of a picture. Each gives a new one of three bands. */
final class Transforms {
  private static final int BANDS = 3;

  private Transforms() {}

  /**
   * Everything moved by a part of a pixel or more, bilinear; the edges are repeated.
   *
   * @param right pixels
   * @param down pixels
   */
  static BufferedImage shifted(BufferedImage image, double right, double down) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] from = pixels(image);
    int[] to = new int[from.length];
    double rowShare = -down - Math.floor(-down);
    double columnShare = -right - Math.floor(-right);
    int i = 0;
    for (int y = 0; y < height; y++) {
      int above = clamped(y + (int) Math.floor(-down), height) * width;
      int below = clamped(y + (int) Math.floor(-down) + 1, height) * width;
      for (int x = 0; x < width; x++) {
        int before = clamped(x + (int) Math.floor(-right), width);
        int after = clamped(x + (int) Math.floor(-right) + 1, width);
        for (int band = 0; band < BANDS; band++) {
          double upper =
              mixed(from, (above + before) * BANDS, (above + after) * BANDS, band, columnShare);
          double lower =
              mixed(from, (below + before) * BANDS, (below + after) * BANDS, band, columnShare);
          to[i++] = level(upper + rowShare * (lower - upper));
        }
      }
    }
    return picture(to, width, height);
  }

  private static double mixed(int[] values, int first, int second, int band, double share) {
    return values[first + band] + share * (values[second + band] - values[first + band]);
  }

  private static int clamped(int index, int size) {
    return Math.max(0, Math.min(size - 1, index));
  }

  /**
   * Gaussian noise, the same on all colours.
   *
   * @param sigma of 255
   */
  static BufferedImage noisy(BufferedImage image, RandomGenerator random, double sigma) {
    int[] values = pixels(image);
    for (int i = 0; i < values.length; i += BANDS) {
      double noise = sigma * random.nextGaussian();
      for (int band = i; band < i + BANDS; band++) {
        values[band] = level(values[band] + noise);
      }
    }
    return picture(values, image.getWidth(), image.getHeight());
  }

  /** All values times a factor. */
  static BufferedImage lit(BufferedImage image, double factor) {
    int[] values = pixels(image);
    for (int i = 0; i < values.length; i++) {
      values[i] = level(values[i] * factor);
    }
    return picture(values, image.getWidth(), image.getHeight());
  }

  /** Half the width and height, each pixel the mean of four; an odd last one is dropped. */
  static BufferedImage halved(BufferedImage image) {
    int width = image.getWidth() / 2;
    int height = image.getHeight() / 2;
    int stride = image.getWidth() * BANDS;
    int[] from = pixels(image);
    int[] to = new int[width * height * BANDS];
    for (int i = 0; i < to.length; i++) {
      int pixel = i / BANDS;
      int at = 2 * (pixel / width) * stride + 2 * (pixel % width) * BANDS + i % BANDS;
      int below = at + stride;
      to[i] = level((from[at] + from[at + BANDS] + from[below] + from[below + BANDS]) / 4.0);
    }
    return picture(to, width, height);
  }

  /** A part as it is. */
  static BufferedImage cut(BufferedImage image, Rectangle part) {
    return scaled(image.getSubimage(part.x, part.y, part.width, part.height), 1);
  }

  /** Twice the width and height, bicubic. */
  static BufferedImage doubled(BufferedImage image) {
    return scaled(image, 2);
  }

  private static BufferedImage scaled(BufferedImage image, int by) {
    return Scaling.bicubic(image, by * image.getWidth(), by * image.getHeight());
  }

  /** Red, green and blue of each pixel, row-major. */
  private static int[] pixels(BufferedImage image) {
    BufferedImage plain =
        image.getType() == BufferedImage.TYPE_3BYTE_BGR ? image : scaled(image, 1);
    return plain.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
  }

  private static BufferedImage picture(int[] values, int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    picture.getRaster().setPixels(0, 0, width, height, values);
    return picture;
  }

  private static int level(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
