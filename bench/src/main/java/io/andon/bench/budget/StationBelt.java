package io.andon.bench.budget;

import java.util.ArrayDeque;
import java.util.Deque;

/** The belt of a simulated station with the parts on it, which come with gaps. */
final class StationBelt {
  private static final int ROW = 1;
  private static final double PART_LENGTH = 2;

  private static final class Part {
    double x;
    final float[] look;
    final double brightness;
    final boolean strange;

    Part(double x, float[] look, double brightness, boolean strange) {
      this.strange = strange;
      this.x = x;
      this.look = look;
      this.brightness = brightness;
    }
  }

  private final Draws draws;
  private final double variation;
  private final double speed;
  private final Deque<Part> parts = new ArrayDeque<>();
  private double untilNext;

  /**
   * @param variation how much parts of one product differ
   * @param speed cells a second
   */
  StationBelt(Draws draws, double variation, double speed) {
    this.draws = draws;
    this.variation = variation;
    this.speed = speed;
  }

  /** Moves on; how much of the foremost strange part has come into the picture, 0..1. */
  double move(double seconds) {
    double shown = 0;
    for (Part part : parts) {
      part.x += speed * seconds;
      if (part.strange) {
        shown = Math.max(shown, StationCanvas.clip(1 + part.x / PART_LENGTH, 0, 1));
      }
    }
    if (!parts.isEmpty() && parts.getFirst().x > StationCanvas.COLUMNS) {
      parts.removeFirst();
    }
    untilNext -= speed * seconds;
    return shown;
  }

  /** Whether the next part is to be fed. */
  boolean wantsPart() {
    return untilNext <= 0;
  }

  /**
   * Feeds a part.
   *
   * @param product its product's look
   * @param number the product's number
   * @param strange what is added to the look of a strange part
   * @param isStrange whether this is one
   */
  void feed(float[] product, int number, float[] strange, boolean isStrange) {
    float[] look = product.clone();
    float[] differs = draws.direction(StationCanvas.CHANNELS, variation * Math.abs(draws.normal()));
    for (int i = 0; i < look.length; i++) {
      look[i] += differs[i] + (isStrange ? strange[i] : 0);
    }
    double brightness = 60 + 8 * draws.normal() + 4 * number;
    parts.addLast(new Part(-PART_LENGTH, look, brightness, isStrange));
    untilNext = 2.5 + Math.min(4, draws.exponential(1));
  }

  void appear(StationCanvas canvas, float[][] background) {
    for (Part part : parts) {
      double right = part.x + PART_LENGTH;
      for (int c = 0; c < StationCanvas.COLUMNS; c++) {
        double covered = StationCanvas.overlap(part.x, right, c, c + 1.0);
        if (covered > 0) {
          int cell = ROW * StationCanvas.COLUMNS + c;
          canvas.mix(cell, part.look, background[cell], covered);
          canvas.lightenColumns(ROW, c, part.x, right, part.brightness);
        }
      }
    }
  }
}
