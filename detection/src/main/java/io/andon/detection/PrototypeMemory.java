package io.andon.detection;

import io.andon.detection.kernel.Kernels;
import io.andon.detection.kernel.PrototypeSearch;
import org.jspecify.annotations.Nullable;

/**
 * A position-indexed memory of normal features: every cell of a grid keeps a few int8 prototypes,
 * and a cell's distance is that to the nearest prototype of its 3x3 neighbourhood. After PatchCore
 * (arXiv 2106.08265), with a memory for each place and a stream in place of a training set.
 *
 * <p>A full cell that learns merges its two closest prototypes if they are closer to each other
 * than the new sample is to its nearest one, and merges the sample into its nearest one otherwise.
 * Means are weighted by counts and rounded to int8; distances are exact int32 sums.
 */
final class PrototypeMemory {
  private static final int MAX_COUNT = 1_000;
  private static final int STRIDE = 16;
  private static final int NONE = -1;

  private final int rows;
  private final int columns;
  private final int channels;
  private final int capacity;
  private final byte[] prototypes;
  private final int[] counts;
  private final int[] fill;
  private final FrameStamp[] stamps;

  private final PrototypeSearch search;

  // Of a full cell's prototypes: distance to the closest of those that follow, and which that is.
  private final int[] closestAfter;
  private final int[] distanceAfter;

  PrototypeMemory(int rows, int columns, int channels, int capacity) {
    this.rows = rows;
    this.columns = columns;
    this.channels = channels;
    this.capacity = capacity;
    int slots = rows * columns * capacity;
    prototypes = new byte[slots * channels];
    counts = new int[slots];
    fill = new int[rows * columns];
    stamps = new FrameStamp[slots];
    search = Kernels.best().prototypeSearch(rows, columns, channels, capacity);
    closestAfter = new int[slots];
    distanceAfter = new int[slots];
  }

  /** Whether there is anything to compare with. */
  boolean isEmpty() {
    return fill[0] == 0;
  }

  /**
   * Fills {@code distances} with each cell's Euclidean distance to its neighbourhood's nearest; 0
   * where nothing is known.
   */
  void distances(byte[] features, double[] distances) {
    search.distances(features, distances);
  }

  private void refreshSearch(int slot) {
    search.put(slot / capacity, slot % capacity, prototypes, slot * channels);
  }

  /** The frame that the nearest prototype of a cell's neighbourhood was last learnt from. */
  @Nullable FrameStamp nearest(byte[] features, int cell) {
    int slot = nearestAround(features, cell);
    return slot < 0 ? null : stamps[slot];
  }

  /** Learns the cells that {@code skip} does not mark. */
  void learn(byte[] features, FrameStamp stamp, boolean[] skip) {
    for (int row = 0; row < rows; row++) {
      boolean[] full = new boolean[columns];
      boolean any = false;
      for (int column = 0; column < columns; column++) {
        int cell = row * columns + column;
        if (fill[cell] == capacity) {
          full[column] = !skip[cell];
          any |= full[column];
        } else if (!skip[cell] || fill[cell] == 0) {
          add(features, cell, stamp);
        }
      }
      if (any) {
        learnFull(row, full, features, stamp);
      }
    }
  }

  private void add(byte[] features, int cell, FrameStamp stamp) {
    put(features, cell, cell * capacity + fill[cell], stamp);
    fill[cell]++;
    refreshPairs(cell);
  }

  /** Learns the marked cells of a row, which are full, side by side: distances come by the row. */
  private void learnFull(int row, boolean[] marked, byte[] features, FrameStamp stamp) {
    int[] toSample = new int[columns * capacity];
    search.squaresInRow(row, features, row * columns * channels, toSample);
    int[] merged = new int[columns];
    int[] freed = new int[columns];
    byte[] means = new byte[columns * channels];
    for (int column = 0; column < columns; column++) {
      if (marked[column]) {
        int first = (row * columns + column) * capacity;
        int nearest = nearest(toSample, column * capacity);
        int closest = closestPair(first, toSample[column * capacity + nearest]);
        merged[column] = closest < 0 ? nearest : closest;
        freed[column] = closest < 0 ? NONE : closestAfter[first + closest] - first;
        if (closest < 0) {
          merge(first + nearest, features, (row * columns + column) * channels, 1);
          stamps[first + nearest] = stamp;
        } else {
          int free = first + freed[column];
          merge(first + closest, prototypes, free * channels, counts[free]);
        }
        int mean = (first + merged[column]) * channels;
        System.arraycopy(prototypes, mean, means, column * channels, channels);
      }
    }
    int[] toMean = new int[columns * capacity];
    search.squaresInRow(row, means, 0, toMean);
    for (int column = 0; column < columns; column++) {
      if (marked[column]) {
        int cell = row * columns + column;
        int at = column * capacity;
        if (freed[column] != NONE) {
          put(features, cell, cell * capacity + freed[column], stamp);
          int between = squared(means, column * channels, features, cell * channels);
          toMean[at + freed[column]] = between;
          toSample[at + merged[column]] = between;
        }
        refreshPairs(cell, merged[column], toMean, at);
        if (freed[column] != NONE) {
          refreshPairs(cell, freed[column], toSample, at);
        }
      }
    }
  }

  private int nearest(int[] squares, int at) {
    int nearest = 0;
    for (int slot = 1; slot < capacity; slot++) {
      if (squares[at + slot] < squares[at + nearest]) {
        nearest = slot;
      }
    }
    return nearest;
  }

  /**
   * The first of the two closest prototypes of a full cell; {@link #NONE} if none are closer than
   * that.
   */
  private int closestPair(int first, int than) {
    int least = than;
    int closest = NONE;
    for (int slot = 0; slot < capacity - 1; slot++) {
      if (distanceAfter[first + slot] < least) {
        least = distanceAfter[first + slot];
        closest = slot;
      }
    }
    return closest;
  }

  private int nearestAround(byte[] features, int cell) {
    int row = cell / columns;
    int column = cell % columns;
    // The cell itself comes first: its near prototypes let most of the others be abandoned early.
    int bestSlot = nearestIn(features, cell, cell, -1);
    for (int r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
        if (r != row || c != column) {
          bestSlot = nearestIn(features, cell, r * columns + c, bestSlot);
        }
      }
    }
    return bestSlot;
  }

  private int nearestIn(byte[] features, int cell, int other, int bestSlot) {
    int offset = cell * channels;
    int best =
        bestSlot < 0
            ? Integer.MAX_VALUE
            : squared(features, offset, prototypes, bestSlot * channels);
    int nearest = bestSlot;
    int first = other * capacity;
    for (int slot = first; slot < first + fill[other]; slot++) {
      int distance = squaredUpTo(best, features, offset, prototypes, slot * channels);
      if (distance < best) {
        best = distance;
        nearest = slot;
      }
    }
    return nearest;
  }

  /** Finds the closest pairs of a cell that has just become full. */
  private void refreshPairs(int cell) {
    if (fill[cell] == capacity) {
      int end = (cell + 1) * capacity;
      for (int slot = cell * capacity; slot < end; slot++) {
        refreshAfter(slot, end);
      }
    }
  }

  /**
   * Finds the closest pairs of a full cell again after one of its prototypes changed.
   *
   * @param squares holds from {@code at} on how far the prototypes are from the changed one now
   */
  private void refreshPairs(int cell, int changed, int[] squares, int at) {
    int first = cell * capacity;
    for (int i = 0; i < changed; i++) {
      int slot = first + i;
      int square = squares[at + i];
      boolean wasClosest = closestAfter[slot] == first + changed;
      if (wasClosest && square > distanceAfter[slot]) {
        refreshAfter(slot, first + capacity);
      } else if (wasClosest
          || square < distanceAfter[slot]
          || (square == distanceAfter[slot] && first + changed < closestAfter[slot])) {
        distanceAfter[slot] = square;
        closestAfter[slot] = first + changed;
      }
    }
    int least = Integer.MAX_VALUE;
    int closest = -1;
    for (int i = changed + 1; i < capacity; i++) {
      if (squares[at + i] < least) {
        least = squares[at + i];
        closest = first + i;
      }
    }
    distanceAfter[first + changed] = least;
    closestAfter[first + changed] = closest;
  }

  private void refreshAfter(int slot, int end) {
    int least = Integer.MAX_VALUE;
    int closest = -1;
    for (int other = slot + 1; other < end; other++) {
      int distance = squaredUpTo(least, prototypes, slot * channels, prototypes, other * channels);
      if (distance < least) {
        least = distance;
        closest = other;
      }
    }
    distanceAfter[slot] = least;
    closestAfter[slot] = closest;
  }

  private void put(byte[] features, int cell, int slot, FrameStamp stamp) {
    System.arraycopy(features, cell * channels, prototypes, slot * channels, channels);
    counts[slot] = 1;
    stamps[slot] = stamp;
    refreshSearch(slot);
  }

  private void merge(int slot, byte[] other, int otherOffset, int otherCount) {
    int offset = slot * channels;
    int count = counts[slot];
    int total = count + otherCount;
    double share = 1.0 / total;
    for (int i = 0; i < channels; i++) {
      int sum = prototypes[offset + i] * count + other[otherOffset + i] * otherCount;
      prototypes[offset + i] = rounded(sum * share);
    }
    counts[slot] = Math.min(MAX_COUNT, total);
    refreshSearch(slot);
  }

  /**
   * The nearest int8 of a mean, halves upwards. Means are at least a 4,000th from the next half
   * that they are not, so that a share which is off by its rounding makes no difference.
   */
  private static byte rounded(double mean) {
    return (byte) ((int) (mean + (128.5 + 1e-5)) - 128);
  }

  /** The squared distance, exact where it is below the limit, and at least the limit elsewhere. */
  private int squaredUpTo(int limit, byte[] a, int aOffset, byte[] b, int bOffset) {
    int sum = 0;
    for (int start = 0; start < channels; start += STRIDE) {
      int end = Math.min(channels, start + STRIDE);
      for (int i = start; i < end; i++) {
        int difference = a[aOffset + i] - b[bOffset + i];
        sum += difference * difference;
      }
      if (sum >= limit) {
        return sum;
      }
    }
    return sum;
  }

  private int squared(byte[] a, int aOffset, byte[] b, int bOffset) {
    int sum = 0;
    for (int i = 0; i < channels; i++) {
      int difference = a[aOffset + i] - b[bOffset + i];
      sum += difference * difference;
    }
    return sum;
  }

  void write(SnapshotWriter out) {
    out.putInt(capacity);
    for (int cell = 0; cell < fill.length; cell++) {
      out.putInt(fill[cell]);
      for (int slot = cell * capacity; slot < cell * capacity + fill[cell]; slot++) {
        out.putBytes(prototypes, slot * channels, channels);
        out.putInt(counts[slot]);
        out.putStamp(stamps[slot]);
      }
    }
  }

  /** Reads what {@link #write} wrote; prototypes beyond today's capacity are left out. */
  void read(SnapshotReader in) throws SnapshotException {
    int writtenCapacity = in.takeInt("prototypes a cell", 1, 1_024);
    for (int cell = 0; cell < fill.length; cell++) {
      int n = in.takeInt("prototypes of a cell", 0, writtenCapacity);
      fill[cell] = Math.min(n, capacity);
      for (int i = 0; i < n; i++) {
        byte[] prototype = in.takeBytes("prototype", channels, channels);
        int count = in.takeInt("prototype count", 1, MAX_COUNT);
        FrameStamp stamp = in.takeStamp();
        if (i < capacity) {
          int slot = cell * capacity + i;
          System.arraycopy(prototype, 0, prototypes, slot * channels, channels);
          counts[slot] = count;
          stamps[slot] = stamp;
          refreshSearch(slot);
        }
      }
      refreshPairs(cell);
    }
  }
}
