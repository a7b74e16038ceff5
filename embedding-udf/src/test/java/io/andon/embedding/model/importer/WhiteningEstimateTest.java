package io.andon.embedding.model.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.andon.embedding.model.Whitening;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WhiteningEstimateTest {
  private static final int SAMPLES = 20_000;

  @Test
  void projectedSamplesHaveNoMeanUnitVarianceAndNoCorrelation() throws IOException {
    CovarianceAccumulator samples = new CovarianceAccumulator(3);
    correlated().forEach(sample -> samples.add(sample, 0));
    Whitening whitening =
        Whitening.fromJson(new WhiteningEstimate(2, 0, 0.05f).of(samples, "w", "test").toJson());

    CovarianceAccumulator projected = new CovarianceAccumulator(2);
    correlated().forEach(sample -> projected.add(project(whitening, sample), 0));

    assertThat(projected.mean()[0]).isCloseTo(0, within(1e-3));
    assertThat(projected.covariance()[0][0]).isCloseTo(1, within(1e-2));
    assertThat(projected.covariance()[1][1]).isCloseTo(1, within(1e-2));
    assertThat(projected.covariance()[0][1]).isCloseTo(0, within(1e-2));
  }

  @Test
  void varianceFarFromZeroIsStillRight() {
    CovarianceAccumulator samples = new CovarianceAccumulator(1);
    for (int i = 0; i < 1000; i++) {
      samples.add(new float[] {100_000 + i % 2}, 0);
    }
    assertThat(samples.covariance()[0][0]).isCloseTo(0.25, within(1e-3));
  }

  /** Three values that hang together, of variances some hundred apart. */
  private static List<float[]> correlated() {
    SplittableRandom random = new SplittableRandom(1);
    List<float[]> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      float a = 10 * random.nextFloat();
      float b = random.nextFloat();
      float c = 0.1f * random.nextFloat();
      samples.add(new float[] {5 + a, a - b, b + c});
    }
    return samples;
  }

  private static float[] project(Whitening whitening, float[] sample) {
    float[] out = new float[whitening.outputs()];
    for (int o = 0; o < out.length; o++) {
      for (int i = 0; i < whitening.inputs(); i++) {
        out[o] +=
            whitening.matrix()[o * whitening.inputs() + i] * (sample[i] - whitening.mean()[i]);
      }
    }
    return out;
  }
}
