package io.andon.bench.simulator;

import io.andon.ingest.gate.I420Picture;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** Rendered pictures as a decoder would give them: 4:2:0, BT.601. Not thread-safe. */
public final class CameraPixels {
  private byte[] bytes = {};

  /** The picture, good until the next call; of an image of three bytes a pixel in the order BGR. */
  public I420Picture of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    if (bytes.length != I420Picture.size(width, height)) {
      bytes = new byte[I420Picture.size(width, height)];
    }
    for (int i = 0; i < width * height; i++) {
      int b = bgr[3 * i] & 255;
      int g = bgr[3 * i + 1] & 255;
      int r = bgr[3 * i + 2] & 255;
      bytes[i] = (byte) (16 + ((66 * r + 129 * g + 25 * b + 128) >> 8));
    }
    fillColours(bgr, width, height);
    return new I420Picture(width, height, bytes);
  }

  private void fillColours(byte[] bgr, int width, int height) {
    int columns = (width + 1) / 2;
    int rows = (height + 1) / 2;
    int u = width * height;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int r = 0;
        int g = 0;
        int b = 0;
        for (int corner = 0; corner < 4; corner++) {
          int x = Math.min(width - 1, 2 * column + corner % 2);
          int y = Math.min(height - 1, 2 * row + corner / 2);
          int at = 3 * (y * width + x);
          b += bgr[at] & 255;
          g += bgr[at + 1] & 255;
          r += bgr[at + 2] & 255;
        }
        int at = u + row * columns + column;
        bytes[at] = (byte) (128 + ((-38 * r - 74 * g + 112 * b + 512) >> 10));
        bytes[at + rows * columns] = (byte) (128 + ((112 * r - 94 * g - 18 * b + 512) >> 10));
      }
    }
  }
}
