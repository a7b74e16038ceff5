package io.andon.detection.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.detection.kernel.Kernels;
import io.andon.detection.kernel.PlainKernels;
import io.andon.detection.kernel.Projection;
import io.andon.detection.kernel.PrototypeSearch;
import org.junit.jupiter.api.Test;

/** Kernels that differ in one bit are told. */
class AgreementTest {
  private final Kernels plain = new PlainKernels();

  @Test
  void equalKernelsAgree() {
    assertThat(Agreement.of(plain, new PlainKernels())).isTrue();
  }

  @Test
  void anotherDistanceDoesNotAgree() {
    assertThat(Agreement.of(plain, new Astray(true, false))).isFalse();
  }

  @Test
  void anotherProjectionDoesNotAgree() {
    assertThat(Agreement.of(plain, new Astray(false, true))).isFalse();
  }

  /** Plain kernels, wrong in one value. */
  private record Astray(boolean inPrototypes, boolean inWeights) implements Kernels {
    @Override
    public String name() {
      return "astray";
    }

    @Override
    public PrototypeSearch prototypeSearch(int rows, int columns, int channels, int capacity) {
      PrototypeSearch search =
          new PlainKernels().prototypeSearch(rows, columns, channels, capacity);
      if (inPrototypes) {
        search.put(7, 0, new byte[channels], 0);
      }
      return search;
    }

    @Override
    public Projection projection(float[][] matrix, float[] bias) {
      if (inWeights) {
        matrix[0][0] = 9;
      }
      return new PlainKernels().projection(matrix, bias);
    }
  }
}
