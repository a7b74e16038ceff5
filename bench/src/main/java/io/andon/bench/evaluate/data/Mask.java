package io.andon.bench.evaluate.data;

import io.andon.bench.picture.PictureFile;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a picture is anomalous.
 *
 * @param width pixels
 * @param height pixels
 * @param anomalous {@code height * width} values, row-major
 */
public record Mask(int width, int height, boolean[] anomalous) {
  /** Reads a picture file: every pixel that is not black is anomalous. */
  public static Mask read(Path file) throws IOException {
    return read(Files.readAllBytes(file), file.toString());
  }

  static Mask read(byte[] bytes, String name) throws IOException {
    try (PictureFile picture = PictureFile.of(bytes, name)) {
      return of(picture.image());
    }
  }

  private static Mask of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    boolean[] anomalous = new boolean[width * height];
    Raster raster = image.getRaster();
    int bands = image.getColorModel().getNumColorComponents();
    for (int band = 0; band < (isIndexed(image) ? 1 : bands); band++) {
      int[] samples = raster.getSamples(0, 0, width, height, band, (int[]) null);
      for (int i = 0; i < samples.length; i++) {
        anomalous[i] |= isIndexed(image) ? isColoured(image, samples[i]) : samples[i] != 0;
      }
    }
    return new Mask(width, height, anomalous);
  }

  private static boolean isIndexed(BufferedImage image) {
    return image.getColorModel() instanceof IndexColorModel;
  }

  private static boolean isColoured(BufferedImage image, int index) {
    return (image.getColorModel().getRGB(index) & 0xffffff) != 0;
  }

  /** How many pixels of a part of the picture are anomalous. */
  public int anomalousIn(Rectangle part) {
    int count = 0;
    for (int y = part.y; y < part.y + part.height; y++) {
      for (int x = part.x; x < part.x + part.width; x++) {
        count += anomalous[y * width + x] ? 1 : 0;
      }
    }
    return count;
  }

  /** The same at another size, by the nearest pixel. */
  public Mask resized(int toWidth, int toHeight) {
    if (toWidth == width && toHeight == height) {
      return this;
    }
    boolean[] resized = new boolean[toWidth * toHeight];
    for (int y = 0; y < toHeight; y++) {
      int row = (2 * y + 1) * height / (2 * toHeight) * width;
      for (int x = 0; x < toWidth; x++) {
        resized[y * toWidth + x] = anomalous[row + (2 * x + 1) * width / (2 * toWidth)];
      }
    }
    return new Mask(toWidth, toHeight, resized);
  }
}
