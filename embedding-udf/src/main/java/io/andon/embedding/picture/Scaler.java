package io.andon.embedding.picture;

import io.andon.embedding.InputShape;
import java.util.Arrays;

/**
 * Brings pixels of one size to a model's size, in integer arithmetic: across, then down. Only the
 * few source rows that a target row needs are held at a time. Immutable; safe for many threads.
 */
public final class Scaler {
  private static final int HALF = AxisWeights.ONE / 2;

  private final int sourceWidth;
  private final InputShape target;
  private final Letterbox box;
  private final AxisWeights down;
  private final int rowsHeld;
  private final boolean unscaled;

  // A target's weights across, one after the other: taps of each, the rest of them 0.
  private final int taps;
  private final int[] firstAcross;
  private final int[] weightsAcross;

  Scaler(int width, int height, InputShape target) {
    this(width, height, target, Letterbox.of(width, height, target));
  }

  private Scaler(int width, int height, InputShape target, Letterbox box) {
    this.sourceWidth = width;
    this.target = target;
    this.box = box;
    this.down = new AxisWeights(height, box.height());
    this.rowsHeld = mostTaps(down);
    this.unscaled = width == target.width() && height == target.height();
    AxisWeights across = new AxisWeights(width, box.width());
    this.taps = mostTaps(across);
    this.firstAcross = new int[box.width()];
    this.weightsAcross = new int[box.width() * taps];
    for (int x = 0; x < box.width(); x++) {
      int[] weights = across.weights[x];
      // A tap beyond the last pixel would read over the row's end, so the taps end there.
      firstAcross[x] = Math.max(0, Math.min(across.first[x], width - taps));
      int shift = across.first[x] - firstAcross[x];
      System.arraycopy(weights, 0, weightsAcross, x * taps + shift, weights.length);
    }
  }

  /**
   * Covers the target whatever the aspect ratios are.
   *
   * @param width pixels of the source
   * @param height pixels of the source
   * @param target its size
   */
  public static Scaler stretching(int width, int height, InputShape target) {
    return new Scaler(width, height, target, new Letterbox(0, 0, target.width(), target.height()));
  }

  private static int mostTaps(AxisWeights axis) {
    return Arrays.stream(axis.weights).mapToInt(weights -> weights.length).max().orElse(1);
  }

  /**
   * Scales a picture.
   *
   * @param samples interleaved samples, 1 (grey) or 3 a pixel; the array may be longer
   * @param components 1 or 3
   * @param order which sample is red, green, blue
   * @return {@code height * width * 3} bytes of the target, R, G, B
   */
  public byte[] scale(byte[] samples, int components, int[] order) {
    return unscaled ? reordered(samples, components, order) : scaled(samples, components, order);
  }

  private byte[] reordered(byte[] samples, int components, int[] order) {
    byte[] rgb = new byte[target.width() * target.height() * 3];
    for (int from = 0, to = 0; to < rgb.length; from += components, to += 3) {
      rgb[to] = samples[from + order[0]];
      rgb[to + 1] = samples[from + order[1]];
      rgb[to + 2] = samples[from + order[2]];
    }
    return rgb;
  }

  private byte[] scaled(byte[] samples, int components, int[] order) {
    byte[] rgb = new byte[target.width() * target.height() * 3];
    if (box.width() < target.width() || box.height() < target.height()) {
      Arrays.fill(rgb, Letterbox.BAR);
    }
    int rowValues = box.width() * 3;
    int[][] held = new int[rowsHeld][rowValues];
    int[] sums = new int[rowValues];
    int next = 0;
    for (int y = 0; y < box.height(); y++) {
      int first = down.first[y];
      int[] weights = down.weights[y];
      for (next = Math.max(next, first); next < first + weights.length; next++) {
        acrossRow(samples, next, components, held[next % rowsHeld]);
      }
      Arrays.fill(sums, HALF);
      for (int k = 0; k < weights.length; k++) {
        add(held[(first + k) % rowsHeld], weights[k], sums);
      }
      int to = ((box.top() + y) * target.width() + box.left()) * 3;
      put(sums, order, rgb, to);
    }
    return rgb;
  }

  /** The plainest of loops, so that the compiler makes vector instructions of it. */
  private static void add(int[] row, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * row[i];
    }
  }

  /** Rows are in the order of the samples until they are written. */
  private static void put(int[] sums, int[] order, byte[] rgb, int to) {
    int red = order[0];
    int green = order[1];
    int blue = order[2];
    for (int i = 0; i < sums.length; i += 3) {
      rgb[to + i] = (byte) (sums[i + red] >> AxisWeights.SHIFT);
      rgb[to + i + 1] = (byte) (sums[i + green] >> AxisWeights.SHIFT);
      rgb[to + i + 2] = (byte) (sums[i + blue] >> AxisWeights.SHIFT);
    }
  }

  private void acrossRow(byte[] samples, int y, int components, int[] row) {
    int from = y * sourceWidth * components;
    if (taps == 3 && components == 3) {
      threeTaps(samples, from, row);
      return;
    }
    for (int sample = 0; sample < 3; sample++) {
      anyTaps(samples, from + (components == 1 ? 0 : sample), components, row, sample);
    }
  }

  /**
   * What a picture needs that is a little larger than its target, as ingest sends them. Constant
   * distances, so that bounds are checked once a pixel.
   */
  private void threeTaps(byte[] samples, int from, int[] row) {
    int[] firsts = firstAcross;
    int[] weights = weightsAcross;
    for (int x = 0; x < firsts.length; x++) {
      int at = from + 3 * firsts[x];
      int i = 3 * x;
      int first = weights[i];
      int second = weights[i + 1];
      int third = weights[i + 2];
      row[i] =
          (HALF
                  + first * (samples[at] & 0xFF)
                  + second * (samples[at + 3] & 0xFF)
                  + third * (samples[at + 6] & 0xFF))
              >> AxisWeights.SHIFT;
      row[i + 1] =
          (HALF
                  + first * (samples[at + 1] & 0xFF)
                  + second * (samples[at + 4] & 0xFF)
                  + third * (samples[at + 7] & 0xFF))
              >> AxisWeights.SHIFT;
      row[i + 2] =
          (HALF
                  + first * (samples[at + 2] & 0xFF)
                  + second * (samples[at + 5] & 0xFF)
                  + third * (samples[at + 8] & 0xFF))
              >> AxisWeights.SHIFT;
    }
  }

  private void anyTaps(byte[] samples, int from, int components, int[] row, int colour) {
    int weightAt = 0;
    for (int x = 0; x < firstAcross.length; x++) {
      int sum = HALF;
      int at = from + firstAcross[x] * components;
      for (int end = weightAt + taps; weightAt < end; weightAt++) {
        sum += weightsAcross[weightAt] * (samples[at] & 0xFF);
        at += components;
      }
      row[3 * x + colour] = sum >> AxisWeights.SHIFT;
    }
  }
}
