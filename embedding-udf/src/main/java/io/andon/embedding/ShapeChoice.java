package io.andon.embedding;

import java.util.List;

/** Chooses among the sizes that a model takes. */
public final class ShapeChoice {
  private ShapeChoice() {}

  /**
   * The shape whose aspect ratio is closest to the picture's; among equals the first.
   *
   * @param width picture's width, pixels, above 0
   * @param height picture's height, pixels, above 0
   * @param shapes at least one
   */
  public static InputShape closest(int width, int height, List<InputShape> shapes) {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException(
          "picture is " + width + "x" + height + "; allowed are sides above 0");
    }
    InputShape best = shapes.get(0);
    for (InputShape shape : shapes) {
      if (stretch(width, height, shape) < stretch(width, height, best)) {
        best = shape;
      }
    }
    return best;
  }

  /** How much a picture is stretched along one side, 1 where the aspect ratios are the same. */
  public static double stretch(int width, int height, InputShape shape) {
    double ratio = ((double) width * shape.height()) / ((double) height * shape.width());
    return ratio < 1 ? 1 / ratio : ratio;
  }
}
