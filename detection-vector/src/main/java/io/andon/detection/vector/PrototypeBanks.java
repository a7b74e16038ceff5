package io.andon.detection.vector;

import static io.andon.detection.vector.VectorKernels.FLOATS;
import static io.andon.detection.vector.VectorKernels.LANES;

import io.andon.detection.kernel.PrototypeSearch;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The prototypes of each cell in banks of eight, feature by feature, as bytes: a quarter of what
 * floats would take, and all cameras' prototypes pass through the caches with every frame.
 *
 * <p>A bank is read once for the nine cells that it is in the neighbourhood of, whose nine sums
 * stay in registers. The cells' features are spread out as floats with a border of one cell, so
 * that cells at the edge need no case of their own.
 */
final class PrototypeBanks implements PrototypeSearch {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_64;

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

  /** Of each bank eight values for each feature, those of its prototypes side by side. */
  private final byte[] values;

  /** Of each bank what every prototype starts from: half its square, negative. */
  private final float[] starts;

  PrototypeBanks(int rows, int columns, int channels, int capacity) {
    this.rows = rows;
    this.columns = columns;
    this.channels = channels;
    this.capacity = capacity;
    banks = (capacity + LANES - 1) / LANES;
    width = columns + 2;
    starts = new float[rows * columns * banks * LANES];
    values = new byte[starts.length * channels];
    Arrays.fill(starts, ABSENT);
  }

  @Override
  public void put(int cell, int slot, byte[] prototypes, int offset) {
    int bank = cell * banks + slot / LANES;
    int lane = slot % LANES;
    int squares = 0;
    for (int i = 0; i < channels; i++) {
      byte value = prototypes[offset + i];
      squares += value * value;
      values[(bank * channels + i) * LANES + lane] = value;
    }
    starts[bank * LANES + lane] = -squares / 2f;
  }

  @Override
  public void distances(byte[] grid, double[] distances) {
    Scratch scratch = scratch();
    float[] features = scratch.features;
    float[] greatest = scratch.greatest;
    for (int row = 0; row < rows; row++) {
      int to = ((row + 1) * width + 1) * channels;
      spread(grid, row * columns * channels, features, to, columns * channels);
    }
    Arrays.fill(greatest, ABSENT);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int bank = (row * columns + column) * banks;
        int corner = row * width + column;
        for (int i = bank; i < bank + banks; i++) {
          meetNine(values, i, starts, channels, features, corner, width, greatest);
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
    spread(grid, offset, features, 0, columns * channels);
    for (int column = 0; column < columns; column++) {
      int own = PrototypeSearch.square(grid, offset + column * channels, channels);
      for (int i = 0; i < banks; i++) {
        int bank = (row * columns + column) * banks + i;
        meetOne(values, bank, starts, channels, features, column * channels, products);
        int slots = Math.min(LANES, capacity - i * LANES);
        for (int slot = 0; slot < slots; slot++) {
          squares[column * capacity + i * LANES + slot] =
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

  private static void spread(byte[] from, int offset, float[] to, int at, int length) {
    for (int i = 0; i < length; i++) {
      to[at + i] = from[offset + i];
    }
  }

  /** A bank meets the nine cells from {@code corner} on, to the right and down. */
  private static void meetNine(
      byte[] values,
      int bank,
      float[] starts,
      int channels,
      float[] features,
      int corner,
      int width,
      float[] greatest) {
    int value = bank * channels * LANES;
    int above = corner * channels;
    int beside = above + width * channels;
    int below = beside + width * channels;
    int second = channels;
    int third = 2 * channels;
    FloatVector sum0 = FloatVector.fromArray(FLOATS, starts, bank * LANES);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    FloatVector sum4 = sum0;
    FloatVector sum5 = sum0;
    FloatVector sum6 = sum0;
    FloatVector sum7 = sum0;
    FloatVector sum8 = sum0;
    for (int i = 0; i < channels; i++) {
      FloatVector prototypes =
          (FloatVector) ByteVector.fromArray(BYTES, values, value + i * LANES).castShape(FLOATS, 0);
      sum0 = sum0.add(prototypes.mul(features[above + i]));
      sum1 = sum1.add(prototypes.mul(features[above + second + i]));
      sum2 = sum2.add(prototypes.mul(features[above + third + i]));
      sum3 = sum3.add(prototypes.mul(features[beside + i]));
      sum4 = sum4.add(prototypes.mul(features[beside + second + i]));
      sum5 = sum5.add(prototypes.mul(features[beside + third + i]));
      sum6 = sum6.add(prototypes.mul(features[below + i]));
      sum7 = sum7.add(prototypes.mul(features[below + second + i]));
      sum8 = sum8.add(prototypes.mul(features[below + third + i]));
    }
    keepGreatest(greatest, corner * LANES, sum0, sum1, sum2);
    keepGreatest(greatest, (corner + width) * LANES, sum3, sum4, sum5);
    keepGreatest(greatest, (corner + 2 * width) * LANES, sum6, sum7, sum8);
  }

  private static void keepGreatest(
      float[] greatest, int at, FloatVector left, FloatVector same, FloatVector right) {
    keepGreatest(greatest, at, left);
    keepGreatest(greatest, at + LANES, same);
    keepGreatest(greatest, at + 2 * LANES, right);
  }

  private static void keepGreatest(float[] greatest, int at, FloatVector sums) {
    FloatVector.fromArray(FLOATS, greatest, at).max(sums).intoArray(greatest, at);
  }

  private static void meetOne(
      byte[] values,
      int bank,
      float[] starts,
      int channels,
      float[] features,
      int cell,
      float[] products) {
    FloatVector sums = FloatVector.fromArray(FLOATS, starts, bank * LANES);
    int value = bank * channels * LANES;
    for (int i = 0; i < channels; i++) {
      FloatVector prototypes =
          (FloatVector) ByteVector.fromArray(BYTES, values, value + i * LANES).castShape(FLOATS, 0);
      sums = sums.add(prototypes.mul(features[cell + i]));
    }
    sums.intoArray(products, 0);
  }

  private static float most(float[] greatest, int at) {
    float most = ABSENT;
    for (int i = at; i < at + LANES; i++) {
      most = Math.max(most, greatest[i]);
    }
    return most;
  }
}
