package io.andon.detection.vector;

import static io.andon.detection.vector.VectorKernels.BYTES;
import static io.andon.detection.vector.VectorKernels.FLOATS;
import static io.andon.detection.vector.VectorKernels.LANES;

import io.andon.detection.kernel.Projection;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Projects two cells at a time to four vectors of outputs, whose sums stay in registers while the
 * inputs go by.
 */
final class PairProjection implements Projection {
  private static final int BLOCK = 4 * LANES;
  private static final byte SIGN = (byte) 0x80;
  private static final float WHOLE = 1 << 23;

  /** Scratch that holds nothing between calls: one for each thread is enough. */
  private static final ThreadLocal<Scratch> SCRATCH =
      ThreadLocal.withInitial(() -> new Scratch(1, 1));

  private record Scratch(float[] features, float[] sums) {
    Scratch(int features, int sums) {
      this(new float[features], new float[sums]);
    }
  }

  private final int inputs;
  private final int outputs;

  /** Outputs, with more up to whole blocks. */
  private final int padded;

  /** Block after block: of each input the weights of the block's outputs. */
  private final float[] weights;

  private final float[] starts;

  PairProjection(float[][] matrix, float[] bias) {
    inputs = matrix.length;
    outputs = bias.length;
    padded = (outputs + BLOCK - 1) / BLOCK * BLOCK;
    weights = new float[inputs * padded];
    starts = new float[padded];
    for (int in = 0; in < inputs; in++) {
      for (int out = 0; out < outputs; out++) {
        weights[(out / BLOCK * inputs + in) * BLOCK + out % BLOCK] = matrix[in][out];
      }
    }
    System.arraycopy(bias, 0, starts, 0, outputs);
  }

  @Override
  public byte[] project(byte[] grid) {
    int cells = grid.length / inputs;
    Scratch scratch = scratch(cells);
    float[] features = scratch.features;
    float[] sums = scratch.sums;
    Bytes.widen(grid, 0, features, 0, grid.length);
    byte[] projected = new byte[cells * outputs];
    for (int cell = 0; cell < cells; cell += 2) {
      for (int from = 0; from < padded; from += BLOCK) {
        sum(features, cell * inputs, inputs, weights, from * inputs, starts, from, sums, padded);
      }
      round(sums, 0, projected, cell * outputs, outputs);
      if (cell + 1 < cells) {
        round(sums, padded, projected, (cell + 1) * outputs, outputs);
      }
    }
    return projected;
  }

  /** With room for a cell more: the last of an odd number has company that nobody asks for. */
  private Scratch scratch(int cells) {
    Scratch scratch = SCRATCH.get();
    int features = (cells + 1) * inputs;
    if (scratch.features.length < features || scratch.sums.length < 2 * padded) {
      scratch =
          new Scratch(
              Math.max(features, scratch.features.length),
              Math.max(2 * padded, scratch.sums.length));
      SCRATCH.set(scratch);
    }
    return scratch;
  }

  /** Sums a block of outputs of the cell at {@code first} and of the one behind it. */
  private static void sum(
      float[] features,
      int first,
      int inputs,
      float[] weights,
      int block,
      float[] starts,
      int from,
      float[] sums,
      int behind) {
    int second = first + inputs;
    FloatVector first0 = FloatVector.fromArray(FLOATS, starts, from);
    FloatVector first1 = FloatVector.fromArray(FLOATS, starts, from + LANES);
    FloatVector first2 = FloatVector.fromArray(FLOATS, starts, from + 2 * LANES);
    FloatVector first3 = FloatVector.fromArray(FLOATS, starts, from + 3 * LANES);
    FloatVector second0 = first0;
    FloatVector second1 = first1;
    FloatVector second2 = first2;
    FloatVector second3 = first3;
    for (int in = 0; in < inputs; in++) {
      int at = block + in * BLOCK;
      FloatVector one = FloatVector.broadcast(FLOATS, features[first + in]);
      FloatVector two = FloatVector.broadcast(FLOATS, features[second + in]);
      FloatVector weights0 = FloatVector.fromArray(FLOATS, weights, at);
      FloatVector weights1 = FloatVector.fromArray(FLOATS, weights, at + LANES);
      FloatVector weights2 = FloatVector.fromArray(FLOATS, weights, at + 2 * LANES);
      FloatVector weights3 = FloatVector.fromArray(FLOATS, weights, at + 3 * LANES);
      first0 = first0.add(weights0.mul(one));
      first1 = first1.add(weights1.mul(one));
      first2 = first2.add(weights2.mul(one));
      first3 = first3.add(weights3.mul(one));
      second0 = second0.add(weights0.mul(two));
      second1 = second1.add(weights1.mul(two));
      second2 = second2.add(weights2.mul(two));
      second3 = second3.add(weights3.mul(two));
    }
    first0.intoArray(sums, from);
    first1.intoArray(sums, from + LANES);
    first2.intoArray(sums, from + 2 * LANES);
    first3.intoArray(sums, from + 3 * LANES);
    second0.intoArray(sums, behind + from);
    second1.intoArray(sums, behind + from + LANES);
    second2.intoArray(sums, behind + from + 2 * LANES);
    second3.intoArray(sums, behind + from + 3 * LANES);
  }

  /** Rounds as {@link Projection#rounded} does. */
  private static void round(float[] sums, int from, byte[] to, int at, int length) {
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector up = FloatVector.fromArray(FLOATS, sums, from + i).max(-127).min(127).add(128.5f);
      // From WHOLE on floats are whole numbers, whose last bits are what was added: no cast of
      // floats to integers is needed, which this release of Java makes no instruction of.
      FloatVector near = up.add(WHOLE);
      FloatVector floor = near.blend(near.sub(1), near.sub(WHOLE).compare(VectorOperators.GT, up));
      ((ByteVector) floor.reinterpretAsInts().castShape(BYTES, 0))
          .lanewise(VectorOperators.XOR, SIGN)
          .intoArray(to, at + i);
    }
    for (; i < length; i++) {
      to[at + i] = Projection.rounded(sums[from + i]);
    }
  }
}
