package io.andon.detection;

import java.util.Arrays;
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

  private final int rows;
  private final int columns;
  private final int channels;
  private final int capacity;
  private final byte[] prototypes;
  private final int[] counts;
  private final int[] fill;
  private final FrameStamp[] stamps;

  private final PrototypeLanes lanes;

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
    lanes = new PrototypeLanes(rows, columns, channels, capacity);
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
    lanes.distances(features, distances);
  }

  private void refreshLane(int slot) {
    lanes.put(slot / capacity, slot % capacity, prototypes, slot * channels);
  }

  /** The frame that the nearest prototype of a cell's neighbourhood was last learnt from. */
  @Nullable FrameStamp nearest(byte[] features, int cell) {
    int slot = nearestAround(features, cell);
    return slot < 0 ? null : stamps[slot];
  }

  /** Learns the cells that {@code skip} does not mark. */
  void learn(byte[] features, FrameStamp stamp, boolean[] skip) {
    for (int cell = 0; cell < fill.length; cell++) {
      if (!skip[cell] || fill[cell] == 0) {
        learnCell(features, cell, stamp);
      }
    }
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

  private void learnCell(byte[] features, int cell, FrameStamp stamp) {
    int first = cell * capacity;
    int n = fill[cell];
    if (n < capacity) {
      fill[cell] = n + 1;
      put(features, cell, first + n, stamp);
      refreshPairs(cell);
      return;
    }
    int nearest = first;
    int nearestDistance = Integer.MAX_VALUE;
    for (int slot = first; slot < first + n; slot++) {
      int distance =
          squaredUpTo(nearestDistance, features, cell * channels, prototypes, slot * channels);
      if (distance < nearestDistance) {
        nearestDistance = distance;
        nearest = slot;
      }
    }
    int pairDistance = nearestDistance;
    int keep = -1;
    int free = -1;
    for (int slot = first; slot < first + n - 1; slot++) {
      if (distanceAfter[slot] < pairDistance) {
        pairDistance = distanceAfter[slot];
        keep = slot;
        free = closestAfter[slot];
      }
    }
    if (keep < 0) {
      merge(nearest, features, cell * channels, 1);
      stamps[nearest] = stamp;
      refreshPairs(first, nearest);
    } else {
      merge(keep, prototypes, free * channels, counts[free]);
      put(features, cell, free, stamp);
      refreshPairs(first, keep);
      refreshPairs(first, free);
    }
  }

  /** Finds the closest pairs of a cell that has just become full. */
  private void refreshPairs(int cell) {
    int first = cell * capacity;
    if (fill[cell] == capacity) {
      for (int slot = first; slot < first + capacity; slot++) {
        refreshAfter(slot, first + capacity);
      }
    }
  }

  /** Finds the closest pairs of a full cell again after one of its prototypes changed. */
  private void refreshPairs(int first, int changed) {
    for (int slot = first; slot < changed; slot++) {
      int distance = squared(prototypes, slot * channels, prototypes, changed * channels);
      if (closestAfter[slot] == changed) {
        refreshAfter(slot, first + capacity);
      } else if (distance < distanceAfter[slot]
          || (distance == distanceAfter[slot] && changed < closestAfter[slot])) {
        distanceAfter[slot] = distance;
        closestAfter[slot] = changed;
      }
    }
    refreshAfter(changed, first + capacity);
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
    refreshLane(slot);
  }

  private void merge(int slot, byte[] other, int otherOffset, int otherCount) {
    int offset = slot * channels;
    int total = counts[slot] + otherCount;
    for (int i = 0; i < channels; i++) {
      int sum = prototypes[offset + i] * counts[slot] + other[otherOffset + i] * otherCount;
      prototypes[offset + i] = (byte) Math.floorDiv(2 * sum + total, 2 * total);
    }
    counts[slot] = Math.min(MAX_COUNT, total);
    refreshLane(slot);
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
        out.putBytes(Arrays.copyOfRange(prototypes, slot * channels, (slot + 1) * channels));
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
          refreshLane(slot);
        }
      }
      refreshPairs(cell);
    }
  }
}
