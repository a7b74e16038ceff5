package io.andon.detection.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VectorKernelsProviderTest {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  @Test
  void kernelsAreOfferedWhereverTheProcessorHasLongVectors() throws IOException {
    assumeTrue(Files.isReadable(CPU) && Files.readString(CPU).contains(" avx2 "), "no AVX2 here");

    assertThat(new VectorKernelsProvider().kernels())
        .hasValueSatisfying(
            kernels -> assertThat(kernels.name()).isEqualTo("Vector API, 256 bits"));
  }
}
