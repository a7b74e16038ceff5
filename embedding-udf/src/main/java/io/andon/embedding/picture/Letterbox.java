package io.andon.embedding.picture;

import io.andon.embedding.InputShape;
import io.andon.embedding.ShapeChoice;

/**
 * Where a picture lies in the model's input: over all of it when the aspect ratios differ by
 * {@value #MOST_STRETCH} at most, else centred between grey bars.
 *
 * @param left pixels left of the picture
 * @param top pixels above it
 * @param width its width, pixels
 * @param height its height, pixels
 */
public record Letterbox(int left, int top, int width, int height) {
  /** Stretch that a picture may suffer before bars are the lesser evil. */
  public static final double MOST_STRETCH = 1.04;

  /** Grey of the bars, 0..255. */
  static final byte BAR = (byte) 128;

  /** The place of a picture of some size in an input shape. */
  public static Letterbox of(int width, int height, InputShape shape) {
    if (ShapeChoice.stretch(width, height, shape) <= MOST_STRETCH) {
      return new Letterbox(0, 0, shape.width(), shape.height());
    }
    boolean wide = (long) width * shape.height() > (long) height * shape.width();
    int innerWidth = wide ? shape.width() : scaled(shape.height(), width, height);
    int innerHeight = wide ? scaled(shape.width(), height, width) : shape.height();
    return new Letterbox(
        (shape.width() - innerWidth) / 2,
        (shape.height() - innerHeight) / 2,
        innerWidth,
        innerHeight);
  }

  private static int scaled(int side, int numerator, int denominator) {
    return (int) Math.max(1, ((long) side * numerator + denominator / 2) / denominator);
  }
}
