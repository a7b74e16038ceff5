package io.andon.detection.vector;

import io.andon.detection.kernel.FlowStep;
import io.andon.detection.kernel.Kernels;
import io.andon.detection.kernel.PlainKernels;
import io.andon.detection.kernel.Projection;
import io.andon.detection.kernel.PrototypeSearch;
import java.util.Optional;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over vectors of eight floats, or of sixteen where the JVM prefers them, whose sums stay in
 * registers. One width in a process: the compiler guesses the class of a vector from those it has
 * seen, and with two of them it puts each into an object of its own.
 */
final class VectorKernels implements Kernels {
  /** The fewest floats that are worth it. */
  private static final int FEWEST = 8;

  static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() >= 2 * FEWEST
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_256;

  /** Floats of a vector. */
  static final int LANES = FLOATS.length();

  /** As many bytes. */
  static final VectorSpecies<Byte> BYTES =
      LANES > FEWEST ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

  private VectorKernels() {}

  /** The kernels if the processor has such vectors and they agree with plain loops. */
  static Optional<Kernels> onThisMachine() {
    if (FloatVector.SPECIES_PREFERRED.length() < FEWEST) {
      return Optional.empty();
    }
    Kernels kernels = new VectorKernels();
    return Agreement.of(kernels, new PlainKernels()) ? Optional.of(kernels) : Optional.empty();
  }

  @Override
  public String name() {
    return "Vector API, " + FLOATS.vectorBitSize() + " bits" + TrapLimit.hint();
  }

  @Override
  public PrototypeSearch prototypeSearch(int rows, int columns, int channels, int capacity) {
    return new PrototypeBanks(rows, columns, channels, capacity);
  }

  @Override
  public Projection projection(float[][] matrix, float[] bias) {
    return new PairProjection(matrix, bias);
  }

  @Override
  public FlowStep flowStep(int width, int height) {
    return new VectorFlowStep(width, height);
  }
}
