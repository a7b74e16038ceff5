package io.andon.detection;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The last so many values of something, with quantiles. They are kept in order as they come, so
 * that a quantile costs no sorting.
 */
final class Rolling {
  private final double[] values;
  private final double[] rising;
  private int size;
  private int next;

  Rolling(int capacity) {
    values = new double[capacity];
    rising = new double[capacity];
  }

  int size() {
    return size;
  }

  void add(double value) {
    if (size == values.length) {
      int left = Arrays.binarySearch(rising, 0, size, values[next]);
      System.arraycopy(rising, left + 1, rising, left, size - left - 1);
      size--;
    }
    int found = Arrays.binarySearch(rising, 0, size, value);
    int place = found < 0 ? -found - 1 : found;
    System.arraycopy(rising, place, rising, place + 1, size - place);
    rising[place] = value;
    size++;
    values[next] = value;
    next = (next + 1) % values.length;
  }

  /** The values in rising order. */
  double[] sorted() {
    return Arrays.copyOf(rising, size);
  }

  /** Quantile of the values there are, at least one. */
  double quantile(double q) {
    return quantile(rising, size, q);
  }

  /**
   * Quantile by linear interpolation between order statistics.
   *
   * @param sorted at least one value, rising
   * @param q 0..1
   */
  static double quantile(double[] sorted, double q) {
    return quantile(sorted, sorted.length, q);
  }

  private static double quantile(double[] sorted, int size, double q) {
    double position = q * (size - 1);
    int low = (int) position;
    int high = Math.min(size - 1, low + 1);
    return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
  }

  /**
   * How much neighbours in time resemble each other, 0..0.95: the correlation of two normal values
   * that lie on the same side of the median as often as neighbours do (the arcsine law).
   */
  double persistence() {
    if (size < 4) {
      return 0;
    }
    double median = quantile(0.5);
    int same = 0;
    boolean before = value(0) > median;
    for (int i = 1; i < size; i++) {
      boolean above = value(i) > median;
      same += above == before ? 1 : 0;
      before = above;
    }
    double share = (double) same / (size - 1);
    return Math.max(0, Math.min(0.95, StrictMath.sin(Math.PI * (share - 0.5))));
  }

  /** The values in the order in which they came. */
  private double value(int i) {
    return values[(next - size + i + 2 * values.length) % values.length];
  }

  void write(SnapshotWriter out) {
    out.putInt(size);
    for (int i = 0; i < size; i++) {
      out.putDouble(value(i));
    }
  }

  /** Reads what {@link #write} wrote; only the latest values are kept if there is less room. */
  void read(SnapshotReader in) throws SnapshotException {
    read(in, DoubleUnaryOperator.identity());
  }

  /** The same with every value put through a function. */
  void read(SnapshotReader in, DoubleUnaryOperator function) throws SnapshotException {
    int n = in.takeInt("rolling values", 0, 1 << 14);
    for (int i = 0; i < n; i++) {
      add(function.applyAsDouble(in.takeDouble()));
    }
  }
}
