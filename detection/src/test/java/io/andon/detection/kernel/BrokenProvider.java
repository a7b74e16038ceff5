package io.andon.detection.kernel;

import java.util.Optional;

/** A provider of which something is wrong. */
public final class BrokenProvider implements KernelsProvider {
  @Override
  public Optional<Kernels> kernels() {
    throw new UnsupportedOperationException("broken");
  }
}
