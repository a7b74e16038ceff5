package io.andon.detection.vector;

import io.andon.detection.kernel.FlowStep;
import io.andon.detection.kernel.Kernels;
import io.andon.detection.kernel.PlainKernels;
import io.andon.detection.kernel.Projection;
import io.andon.detection.kernel.PrototypeSearch;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Loops over vectors of eight floats, whose sums stay in registers. */
final class VectorKernels implements Kernels {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  /** Floats of a vector. */
  static final int LANES = 8;

  private VectorKernels() {}

  /** The kernels if the processor has such vectors and they agree with plain loops. */
  static Optional<Kernels> onThisMachine() {
    if (FloatVector.SPECIES_PREFERRED.length() < LANES) {
      return Optional.empty();
    }
    Kernels kernels = new VectorKernels();
    return Agreement.of(kernels, new PlainKernels()) ? Optional.of(kernels) : Optional.empty();
  }

  @Override
  public String name() {
    return "Vector API, 256 bits" + TrapLimit.hint();
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
