package io.andon.bench.picture;

import io.andon.embedding.InputShape;
import io.andon.embedding.picture.Scaler;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Copies of pictures in another size, of three bands of bytes. */
public final class Scaling {
  private static final int[] BGR = {2, 1, 0};

  private Scaling() {}

  /**
   * A copy by the filter of the product's decoder, to which every pixel of a larger picture counts.
   *
   * @param width its pixels
   * @param height its pixels
   */
  public static BufferedImage filtered(BufferedImage image, int width, int height) {
    BufferedImage plain = Pixels.plain(image);
    Scaler scaler =
        Scaler.stretching(plain.getWidth(), plain.getHeight(), new InputShape(width, height));
    return Pixels.ofRgb(scaler.scale(Pixels.bytes(plain), 3, BGR), width, height);
  }

  /**
   * A copy, bilinear: of a picture more than twice as large some pixels count for nothing.
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
