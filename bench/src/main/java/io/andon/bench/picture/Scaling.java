package io.andon.bench.picture;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Copies of pictures in another size, of three bands of bytes. */
public final class Scaling {
  private Scaling() {}

  /**
   * A copy, bilinear.
   *
   * @param width its pixels
   * @param height its pixels
   */
  public static BufferedImage bilinear(BufferedImage image, int width, int height) {
    return copy(image, width, height, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
  }

  /**
   * A copy, bicubic.
   *
   * @param width its pixels
   * @param height its pixels
   */
  public static BufferedImage bicubic(BufferedImage image, int width, int height) {
    return copy(image, width, height, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
  }

  private static BufferedImage copy(BufferedImage image, int width, int height, Object hint) {
    BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = copy.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, hint);
    g.drawImage(image, 0, 0, width, height, null);
    g.dispose();
    return copy;
  }
}
