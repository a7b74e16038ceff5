package io.andon.detection.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class VectorKernelsProviderTest {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  @Test
  void kernelsAreOfferedWhereverTheProcessorHasLongVectors() throws IOException {
    assumeTrue(Files.isReadable(CPU) && Files.readString(CPU).contains(" avx2 "), "no AVX2 here");

    int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    assertThat(preferred).isIn(256, 512);
    assertThat(new VectorKernelsProvider().kernels())
        .hasValueSatisfying(
            kernels -> assertThat(kernels.name()).isEqualTo("Vector API, " + preferred + " bits"));
  }
}
