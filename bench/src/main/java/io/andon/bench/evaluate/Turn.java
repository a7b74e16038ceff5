package io.andon.bench.evaluate;

import io.andon.embedding.InputShape;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to lay a part down differently under the camera: one of the symmetries of a rectangle, or
 * of a square.
 *
 * @param transposed whether rows become columns, first
 * @param mirrored whether left becomes right
 * @param flipped whether top becomes bottom
 */
record Turn(boolean transposed, boolean mirrored, boolean flipped) {
  /** All but the one that changes nothing: three, and seven if pictures are square. */
  static List<Turn> all(InputShape shape) {
    List<Turn> turns = new ArrayList<>();
    for (int i = 1; i < (shape.width() == shape.height() ? 8 : 4); i++) {
      turns.add(new Turn((i & 4) != 0, (i & 1) != 0, (i & 2) != 0));
    }
    return List.copyOf(turns);
  }

  /** The picture, turned. */
  BufferedImage of(BufferedImage image) {
    int width = transposed ? image.getHeight() : image.getWidth();
    int height = transposed ? image.getWidth() : image.getHeight();
    BufferedImage turned = new BufferedImage(width, height, image.getType());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = mirrored ? width - 1 - x : x;
        int row = flipped ? height - 1 - y : y;
        turned.setRGB(x, y, transposed ? image.getRGB(row, column) : image.getRGB(column, row));
      }
    }
    return turned;
  }

  @Override
  public String toString() {
    return (transposed ? "t" : "") + (mirrored ? "m" : "") + (flipped ? "f" : "");
  }
}
