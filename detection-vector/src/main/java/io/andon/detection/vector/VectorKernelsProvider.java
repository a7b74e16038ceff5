package io.andon.detection.vector;

import io.andon.detection.kernel.Kernels;
import io.andon.detection.kernel.KernelsProvider;
import java.util.Optional;

/**
 * Offers {@link VectorKernels} where the JVM was started with {@code --add-modules
 * jdk.incubator.vector}, the processor's vectors are long enough, and a trial gives the same bits
 * as plain loops.
 */
public final class VectorKernelsProvider implements KernelsProvider {
  private static final String VECTOR_API = "jdk.incubator.vector";

  @Override
  public Optional<Kernels> kernels() {
    if (ModuleLayer.boot().findModule(VECTOR_API).isEmpty()) {
      return Optional.empty();
    }
    try {
      return VectorKernels.onThisMachine();
    } catch (LinkageError e) {
      // The API incubates: another release of Java may have another one.
      return Optional.empty();
    }
  }
}
