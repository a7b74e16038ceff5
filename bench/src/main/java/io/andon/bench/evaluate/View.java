package io.andon.bench.evaluate;

import java.awt.Rectangle;

/**
 * A part of a picture, in shares of its width and height.
 *
 * @param left where it begins, 0..1
 * @param top where it begins, 0..1
 * @param width above 0
 * @param height above 0
 */
record View(double left, double top, double width, double height) {
  /** The picture as it is. */
  static final View WHOLE = new View(0, 0, 1, 1);

  /** The same in pixels of a picture of some size. */
  Rectangle in(int pictureWidth, int pictureHeight) {
    int x = pixels(left, pictureWidth);
    int y = pixels(top, pictureHeight);
    return new Rectangle(
        x, y, pixels(left + width, pictureWidth) - x, pixels(top + height, pictureHeight) - y);
  }

  private static int pixels(double share, int all) {
    return Math.toIntExact(Math.round(share * all));
  }
}
