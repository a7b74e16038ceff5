package io.andon.detection.kernel;

import java.util.Optional;

/** Offers kernels that need more than every JVM has; found by {@link java.util.ServiceLoader}. */
public interface KernelsProvider {
  /** The kernels, or nothing where this JVM or processor lacks what they need. */
  Optional<Kernels> kernels();
}
