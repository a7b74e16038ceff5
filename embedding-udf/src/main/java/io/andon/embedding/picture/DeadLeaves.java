package io.andon.embedding.picture;

import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import java.util.SplittableRandom;

/**
 * Pictures made of discs, bars and boxes that hide one another, whose sizes follow a power law,
 * with shading and texture on each: the simplest model that has the statistics of natural pictures
 * (occlusion and scale invariance; Lee, Mumford and Huang 2001). The same seed gives the same
 * picture, so they serve where pictures are needed that anyone can make again.
 */
public final class DeadLeaves {
  private static final int LEAVES = 400;
  private static final double SMALLEST = 3;
  private static final double LARGEST_SHARE = 0.45;

  private final SplittableRandom random;
  private final int width;
  private final int height;
  private final byte[] rgb;

  private DeadLeaves(long seed, InputShape shape) {
    this.random = new SplittableRandom(seed);
    this.width = shape.width();
    this.height = shape.height();
    this.rgb = new byte[width * height * 3];
  }

  /** One picture. */
  public static Picture picture(long seed, InputShape shape) {
    DeadLeaves scene = new DeadLeaves(seed, shape);
    scene.paint();
    return new Picture(
        shape.width(),
        shape.height(),
        scene.rgb,
        Luma.of(shape.width(), shape.height(), scene.rgb));
  }

  private void paint() {
    double brightness = random.nextDouble(0.35, 1.0);
    double colourfulness = random.nextDouble();
    new Leaf(width / 2.0, height / 2.0, width + height, 0, brightness, colourfulness).paint();
    int leaves = random.nextInt(LEAVES / 8, LEAVES);
    double largest = LARGEST_SHARE * Math.min(width, height);
    for (int i = 0; i < leaves; i++) {
      // Radii with density r^-3 between the two ends, by inversion.
      double u = random.nextDouble();
      double inverse =
          1 / (SMALLEST * SMALLEST) - u * (1 / (SMALLEST * SMALLEST) - 1 / (largest * largest));
      double radius = Math.sqrt(1 / inverse) * random.nextDouble(1, 3);
      new Leaf(
              random.nextDouble(width),
              random.nextDouble(height),
              radius,
              random.nextInt(3),
              brightness,
              colourfulness)
          .paint();
    }
    noise(random.nextInt(1, 6));
  }

  /** Sensor noise, triangular, of some levels. */
  private void noise(int levels) {
    for (int i = 0; i < rgb.length; i++) {
      int noisy =
          (rgb[i] & 0xFF)
              + random.nextInt(-levels, levels + 1) / 2
              + random.nextInt(-levels, levels + 1) / 2;
      rgb[i] = (byte) Math.max(0, Math.min(255, noisy));
    }
  }

  /** One shape: 0 disc, 1 box, 2 bar. */
  private final class Leaf {
    private final double x;
    private final double y;
    private final double radius;
    private final int kind;
    private final double cos;
    private final double sin;
    private final double elongation;
    private final double[] colour = new double[3];
    private final double shadeX;
    private final double shadeY;
    private final double waves;
    private final double contrast;

    Leaf(double x, double y, double radius, int kind, double brightness, double colourfulness) {
      this.x = x;
      this.y = y;
      this.radius = radius;
      this.kind = kind;
      double angle = random.nextDouble(Math.PI);
      this.cos = StrictMath.cos(angle);
      this.sin = StrictMath.sin(angle);
      this.elongation = kind == 2 ? random.nextDouble(4, 12) : random.nextDouble(1, 2);
      double grey = random.nextDouble(20, 255) * brightness;
      for (int c = 0; c < 3; c++) {
        colour[c] = grey + colourfulness * (random.nextDouble(255) * brightness - grey);
      }
      this.shadeX = random.nextDouble(-40, 40) / radius;
      this.shadeY = random.nextDouble(-40, 40) / radius;
      this.waves = random.nextDouble(0.1, 1.5);
      this.contrast = random.nextInt(3) == 0 ? random.nextDouble(5, 35) : 0;
    }

    void paint() {
      double reach = kind == 0 ? radius : radius * 1.5;
      int top = (int) Math.max(0, y - reach);
      int bottom = (int) Math.min(height - 1.0, y + reach);
      int left = (int) Math.max(0, x - reach);
      int right = (int) Math.min(width - 1.0, x + reach);
      for (int row = top; row <= bottom; row++) {
        for (int column = left; column <= right; column++) {
          pixel(column, row);
        }
      }
    }

    private void pixel(int column, int row) {
      double dx = column - x;
      double dy = row - y;
      double along = dx * cos + dy * sin;
      double across = (dy * cos - dx * sin) * elongation;
      boolean inside =
          kind == 0
              ? dx * dx + dy * dy <= radius * radius
              : Math.abs(along) <= radius && Math.abs(across) <= radius;
      if (!inside) {
        return;
      }
      double light = dx * shadeX + dy * shadeY;
      if (contrast > 0) {
        light += contrast * StrictMath.sin(along * waves);
      }
      int at = (row * width + column) * 3;
      for (int c = 0; c < 3; c++) {
        rgb[at + c] = (byte) Math.max(0, Math.min(255, colour[c] + light));
      }
    }
  }
}
