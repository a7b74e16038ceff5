package io.andon.detection;

import java.util.Arrays;

/** The last so many values of something, with quantiles. */
final class Rolling {
  private final double[] values;
  private int size;
  private int next;

  Rolling(int capacity) {
    values = new double[capacity];
  }

  int size() {
    return size;
  }

  void add(double value) {
    values[next] = value;
    next = (next + 1) % values.length;
    size = Math.min(values.length, size + 1);
  }

  /** The values in rising order. */
  double[] sorted() {
    double[] copy = Arrays.copyOf(values, size);
    Arrays.sort(copy);
    return copy;
  }

  /**
   * Quantile by linear interpolation between order statistics.
   *
   * @param sorted at least one value, rising
   * @param q 0..1
   */
  static double quantile(double[] sorted, double q) {
    double position = q * (sorted.length - 1);
    int low = (int) position;
    int high = Math.min(sorted.length - 1, low + 1);
    return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
  }

  void write(SnapshotWriter out) {
    out.putInt(size);
    for (int i = 0; i < size; i++) {
      out.putDouble(values[(next - size + i + 2 * values.length) % values.length]);
    }
  }

  /** Reads what {@link #write} wrote; only the latest values are kept if there is less room. */
  void read(SnapshotReader in) throws SnapshotException {
    int n = in.takeInt("rolling values", 0, 1 << 14);
    for (int i = 0; i < n; i++) {
      add(in.takeDouble());
    }
  }
}
