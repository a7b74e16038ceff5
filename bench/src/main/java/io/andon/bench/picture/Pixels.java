package io.andon.bench.picture;

import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/** Pictures of three bands of bytes. */
public final class Pixels {
  private Pixels() {}

  /**
   * A picture of given pixels.
   *
   * @param rgb {@code height * width * 3} bytes, R, G, B
   * @param width pixels
   * @param height pixels
   */
  public static BufferedImage ofRgb(byte[] rgb, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = bytes(image);
    for (int i = 0; i < rgb.length; i += 3) {
      bgr[i] = rgb[i + 2];
      bgr[i + 1] = rgb[i + 1];
      bgr[i + 2] = rgb[i];
    }
    return image;
  }

  /**
   * The picture as three bands of bytes, before black where it is transparent. Grey values stay
   * what they are: Java would take those of most kinds of grey pictures for light, and brighten
   * them.
   */
  public static BufferedImage plain(BufferedImage image) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
      return image;
    }
    boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    int kind = image.getSampleModel().getDataType();
    if (grey && (kind == DataBuffer.TYPE_BYTE || kind == DataBuffer.TYPE_USHORT)) {
      return ofGrey(image.getRaster());
    }
    BufferedImage plain =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = plain.createGraphics();
    g.drawImage(image, 0, 0, null);
    g.dispose();
    return plain;
  }

  private static BufferedImage ofGrey(Raster raster) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int white = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    int[] values =
        raster.getSamples(
            raster.getMinX(), raster.getMinY(), width, height, 0, new int[width * height]);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = bytes(image);
    for (int i = 0; i < values.length; i++) {
      byte value = (byte) ((values[i] * 255 + white / 2) / white);
      bgr[3 * i] = value;
      bgr[3 * i + 1] = value;
      bgr[3 * i + 2] = value;
    }
    return image;
  }

  /** The bytes of such a picture, B, G, R. */
  static byte[] bytes(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }
}
