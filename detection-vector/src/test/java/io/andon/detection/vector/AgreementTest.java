package io.andon.detection.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.detection.kernel.FlowStep;
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
    assertThat(Agreement.of(plain, new Astray(Part.PROTOTYPES))).isFalse();
  }

  @Test
  void anotherProjectionDoesNotAgree() {
    assertThat(Agreement.of(plain, new Astray(Part.WEIGHTS))).isFalse();
  }

  @Test
  void anotherFlowDoesNotAgree() {
    assertThat(Agreement.of(plain, new Astray(Part.FLOW))).isFalse();
  }

  private enum Part {
    PROTOTYPES,
    WEIGHTS,
    FLOW
  }

  /** Plain kernels, wrong in one value. */
  private record Astray(Part wrong) implements Kernels {
    @Override
    public String name() {
      return "astray";
    }

    @Override
    public PrototypeSearch prototypeSearch(int rows, int columns, int channels, int capacity) {
      PrototypeSearch search =
          new PlainKernels().prototypeSearch(rows, columns, channels, capacity);
      if (wrong == Part.PROTOTYPES) {
        search.put(7, 0, new byte[channels], 0);
      }
      return search;
    }

    @Override
    public Projection projection(float[][] matrix, float[] bias) {
      if (wrong == Part.WEIGHTS) {
        matrix[0][0] = 9;
      }
      return new PlainKernels().projection(matrix, bias);
    }

    @Override
    public FlowStep flowStep(int width, int height) {
      FlowStep step = new PlainKernels().flowStep(width, height);
      return wrong == Part.FLOW ? new AstrayFlow(step) : step;
    }
  }

  /** A flow, wrong in one pixel. */
  private record AstrayFlow(FlowStep step) implements FlowStep {
    @Override
    public int rowLength() {
      return step.rowLength();
    }

    @Override
    public void fill(byte[] picture, float[][] rows) {
      step.fill(picture, rows);
    }

    @Override
    public void take(float[][] before, float[][] after, float shared, float[][] u, float[][] v) {
      step.take(before, after, shared, u, v);
      u[3][7] = Math.nextUp(u[3][7]);
    }

    @Override
    public void lengths(float[][] u, float[][] v, float[] lengths) {
      step.lengths(u, v, lengths);
    }
  }
}
