package io.andon.detection.vector;

import static io.andon.detection.vector.VectorKernels.BYTES;
import static io.andon.detection.vector.VectorKernels.FLOATS;
import static io.andon.detection.vector.VectorKernels.LANES;

import io.andon.detection.kernel.PrototypeSearch;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;

/**
 * The prototypes of each cell in banks of sixteen, feature by feature, as bytes: a quarter of what
 * floats would take, and all cameras' prototypes pass through the caches with every frame.
 *
 * <p>A bank meets the nine cells that it is in the neighbourhood of, row by row, with sums in
 * registers. The cells' features are spread out as floats with a border of one cell, so that cells
 * at the edge need no case of their own.
 */
final class PrototypeBanks implements PrototypeSearch {
  /** Prototypes of a bank. */
  private static final int BANK = 16;

  /** Whether a bank takes two vectors. */
  private static final boolean IN_HALVES = BANK > LANES;

  /**
   * Scratch that holds nothing between calls: one for each thread is enough. What lies in the
   * border goes into the border's sums alone, which nobody reads.
   */
  private static final ThreadLocal<Scratch> SCRATCH =
      ThreadLocal.withInitial(() -> new Scratch(1, 1));

  private record Scratch(float[] features, float[] greatest) {
    Scratch(int features, int greatest) {
      this(new float[features], new float[greatest]);
    }
  }

  private final int rows;
  private final int columns;
  private final int channels;
  private final int capacity;

  /** Banks a cell has. */
  private final int banks;

  /** Cells of a row and its border. */
  private final int width;

  /** Of each bank sixteen values for each feature, those of its prototypes side by side. */
  private final byte[] values;

  /** Of each bank what every prototype starts from: half its square, negative. */
  private final float[] starts;

  PrototypeBanks(int rows, int columns, int channels, int capacity) {
    this.rows = rows;
    this.columns = columns;
    this.channels = channels;
    this.capacity = capacity;
    banks = (capacity + BANK - 1) / BANK;
    width = columns + 2;
    starts = new float[rows * columns * banks * BANK];
    values = new byte[starts.length * channels];
    Arrays.fill(starts, ABSENT);
  }

  @Override
  public void put(int cell, int slot, byte[] prototypes, int offset) {
    int bank = cell * banks + slot / BANK;
    int lane = slot % BANK;
    int squares = 0;
    for (int i = 0; i < channels; i++) {
      byte value = prototypes[offset + i];
      squares += value * value;
      values[(bank * channels + i) * BANK + lane] = value;
    }
    starts[bank * BANK + lane] = -squares / 2f;
  }

  @Override
  public void distances(byte[] grid, double[] distances) {
    Scratch scratch = scratch();
    float[] features = scratch.features;
    float[] greatest = scratch.greatest;
    for (int row = 0; row < rows; row++) {
      int to = ((row + 1) * width + 1) * channels;
      Bytes.widen(grid, row * columns * channels, features, to, columns * channels);
    }
    Arrays.fill(greatest, ABSENT);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int bank = (row * columns + column) * banks;
        int corner = row * width + column;
        for (int i = bank; i < bank + banks; i++) {
          for (int cell = corner; cell <= corner + 2 * width; cell += width) {
            meetThree(values, i, starts, channels, features, cell, greatest);
          }
        }
      }
    }
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int cell = row * columns + column;
        float most = most(greatest, ((row + 1) * width + column + 1) * LANES);
        int own = PrototypeSearch.square(grid, cell * channels, channels);
        distances[cell] = PrototypeSearch.distance(own, most);
      }
    }
  }

  @Override
  public void squaresInRow(int row, byte[] grid, int offset, int[] squares) {
    Scratch scratch = scratch();
    float[] features = scratch.features;
    float[] products = scratch.greatest;
    Bytes.widen(grid, offset, features, 0, columns * channels);
    for (int column = 0; column < columns; column++) {
      int own = PrototypeSearch.square(grid, offset + column * channels, channels);
      for (int i = 0; i < banks; i++) {
        int bank = (row * columns + column) * banks + i;
        meetOne(values, bank, starts, channels, features, column * channels, products);
        int slots = Math.min(BANK, capacity - i * BANK);
        for (int slot = 0; slot < slots; slot++) {
          squares[column * capacity + i * BANK + slot] =
              PrototypeSearch.squaredDistance(own, products[slot]);
        }
      }
    }
  }

  private Scratch scratch() {
    int cells = (rows + 2) * width;
    Scratch scratch = SCRATCH.get();
    if (scratch.features.length < cells * channels || scratch.greatest.length < cells * LANES) {
      scratch =
          new Scratch(
              Math.max(cells * channels, scratch.features.length),
              Math.max(cells * LANES, scratch.greatest.length));
      SCRATCH.set(scratch);
    }
    return scratch;
  }

  /**
   * A bank meets three cells beside each other. Not nine at once, whose sums would stay in
   * registers as well: the compiler may give a method of so many vectors up.
   */
  private static void meetThree(
      byte[] values,
      int bank,
      float[] starts,
      int channels,
      float[] features,
      int cell,
      float[] greatest) {
    int left = cell * channels;
    int same = left + channels;
    int right = same + channels;
    FloatVector leftLow = FloatVector.fromArray(FLOATS, starts, bank * BANK);
    FloatVector leftHigh =
        IN_HALVES ? FloatVector.fromArray(FLOATS, starts, bank * BANK + LANES) : leftLow;
    FloatVector sameLow = leftLow;
    FloatVector sameHigh = leftHigh;
    FloatVector rightLow = leftLow;
    FloatVector rightHigh = leftHigh;
    int at = bank * channels * BANK;
    for (int i = 0; i < channels; i++) {
      FloatVector low = (FloatVector) ByteVector.fromArray(BYTES, values, at).castShape(FLOATS, 0);
      FloatVector high =
          IN_HALVES
              ? (FloatVector) ByteVector.fromArray(BYTES, values, at + LANES).castShape(FLOATS, 0)
              : low;
      FloatVector feature = FloatVector.broadcast(FLOATS, features[left + i]);
      leftLow = leftLow.add(low.mul(feature));
      if (IN_HALVES) {
        leftHigh = leftHigh.add(high.mul(feature));
      }
      feature = FloatVector.broadcast(FLOATS, features[same + i]);
      sameLow = sameLow.add(low.mul(feature));
      if (IN_HALVES) {
        sameHigh = sameHigh.add(high.mul(feature));
      }
      feature = FloatVector.broadcast(FLOATS, features[right + i]);
      rightLow = rightLow.add(low.mul(feature));
      if (IN_HALVES) {
        rightHigh = rightHigh.add(high.mul(feature));
      }
      at += BANK;
    }
    int sums = cell * LANES;
    FloatVector.fromArray(FLOATS, greatest, sums)
        .max(IN_HALVES ? leftLow.max(leftHigh) : leftLow)
        .intoArray(greatest, sums);
    sums += LANES;
    FloatVector.fromArray(FLOATS, greatest, sums)
        .max(IN_HALVES ? sameLow.max(sameHigh) : sameLow)
        .intoArray(greatest, sums);
    sums += LANES;
    FloatVector.fromArray(FLOATS, greatest, sums)
        .max(IN_HALVES ? rightLow.max(rightHigh) : rightLow)
        .intoArray(greatest, sums);
  }

  private static void meetOne(
      byte[] values,
      int bank,
      float[] starts,
      int channels,
      float[] features,
      int cell,
      float[] products) {
    FloatVector low = FloatVector.fromArray(FLOATS, starts, bank * BANK);
    FloatVector high = IN_HALVES ? FloatVector.fromArray(FLOATS, starts, bank * BANK + LANES) : low;
    int at = bank * channels * BANK;
    for (int i = 0; i < channels; i++) {
      FloatVector feature = FloatVector.broadcast(FLOATS, features[cell + i]);
      FloatVector prototypes =
          (FloatVector) ByteVector.fromArray(BYTES, values, at).castShape(FLOATS, 0);
      low = low.add(prototypes.mul(feature));
      if (IN_HALVES) {
        prototypes =
            (FloatVector) ByteVector.fromArray(BYTES, values, at + LANES).castShape(FLOATS, 0);
        high = high.add(prototypes.mul(feature));
      }
      at += BANK;
    }
    low.intoArray(products, 0);
    if (IN_HALVES) {
      high.intoArray(products, LANES);
    }
  }

  private static float most(float[] greatest, int at) {
    float most = ABSENT;
    for (int i = at; i < at + LANES; i++) {
      most = Math.max(most, greatest[i]);
    }
    return most;
  }
}
