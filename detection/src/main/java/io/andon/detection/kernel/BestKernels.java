package io.andon.detection.kernel;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Chooses once a process. Whatever is wrong with a provider, there are plain loops. */
final class BestKernels {
  static final Kernels FOUND = find();

  private BestKernels() {}

  private static Kernels find() {
    Iterator<KernelsProvider> providers =
        ServiceLoader.load(KernelsProvider.class, KernelsProvider.class.getClassLoader())
            .iterator();
    String why = "";
    while (true) {
      try {
        if (!providers.hasNext()) {
          return new PlainKernels(why);
        }
        Kernels offered = providers.next().kernels().orElse(null);
        if (offered != null) {
          return offered;
        }
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        why = "others can't be used: " + e;
      }
    }
  }
}
