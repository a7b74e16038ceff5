package io.andon.embedding.picture;

import io.andon.embedding.InputShape;
import java.util.Arrays;

/** Brings pixels to a model's size, in integer arithmetic: across, then down. */
final class Scaler {
  private static final int HALF = AxisWeights.ONE / 2;

  private final int sourceWidth;
  private final InputShape target;
  private final Letterbox box;
  private final AxisWeights across;
  private final AxisWeights down;

  Scaler(int width, int height, InputShape target) {
    this.sourceWidth = width;
    this.target = target;
    this.box = Letterbox.of(width, height, target);
    this.across = new AxisWeights(width, box.width());
    this.down = new AxisWeights(height, box.height());
  }

  /**
   * Scales a picture.
   *
   * @param samples interleaved samples, 1 (grey) or 3 a pixel
   * @param components 1 or 3
   * @param order which sample is red, green, blue
   * @return {@code height * width * 3} bytes of the target, R, G, B
   */
  byte[] scale(byte[] samples, int components, int[] order) {
    int rowBytes = box.width() * 3;
    int sourceRows = samples.length / (sourceWidth * components);
    byte[] rows = new byte[sourceRows * rowBytes];
    for (int y = 0; y < sourceRows; y++) {
      acrossRow(samples, y, components, order, rows);
    }
    byte[] rgb = new byte[target.width() * target.height() * 3];
    Arrays.fill(rgb, Letterbox.BAR);
    int[] sums = new int[rowBytes];
    for (int y = 0; y < box.height(); y++) {
      downRow(rows, y, sums);
      int to = ((box.top() + y) * target.width() + box.left()) * 3;
      for (int i = 0; i < rowBytes; i++) {
        rgb[to + i] = (byte) (sums[i] >> AxisWeights.SHIFT);
      }
    }
    return rgb;
  }

  private void acrossRow(byte[] samples, int y, int components, int[] order, byte[] rows) {
    int from = y * sourceWidth * components;
    int to = y * box.width() * 3;
    for (int x = 0; x < box.width(); x++) {
      int[] weights = across.weights[x];
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      int at = from + across.first[x] * components;
      for (int weight : weights) {
        red += weight * (samples[at + order[0]] & 0xFF);
        green += weight * (samples[at + order[1]] & 0xFF);
        blue += weight * (samples[at + order[2]] & 0xFF);
        at += components;
      }
      rows[to++] = (byte) (red >> AxisWeights.SHIFT);
      rows[to++] = (byte) (green >> AxisWeights.SHIFT);
      rows[to++] = (byte) (blue >> AxisWeights.SHIFT);
    }
  }

  private void downRow(byte[] rows, int y, int[] sums) {
    Arrays.fill(sums, HALF);
    int[] weights = down.weights[y];
    int at = down.first[y] * sums.length;
    for (int weight : weights) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += weight * (rows[at + i] & 0xFF);
      }
      at += sums.length;
    }
  }
}
