package io.andon.embedding.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisWeightsTest {
  @ParameterizedTest
  @CsvSource({"288, 256", "512, 448", "1080, 256", "64, 256", "1, 32", "4096, 1", "256, 256"})
  void weightsOfEachTargetSumToOneAndStayInside(int source, int target) {
    AxisWeights axis = new AxisWeights(source, target);

    for (int i = 0; i < target; i++) {
      assertThat(Arrays.stream(axis.weights[i]).sum()).isEqualTo(AxisWeights.ONE);
      assertThat(axis.first[i]).isNotNegative();
      assertThat(axis.first[i] + axis.weights[i].length).isLessThanOrEqualTo(source);
    }
  }

  @ParameterizedTest
  @CsvSource({"256", "7"})
  void anUnchangedSizeChangesNothing(int side) {
    AxisWeights axis = new AxisWeights(side, side);

    for (int i = 0; i < side; i++) {
      int offset = i - axis.first[i];
      assertThat(axis.weights[i][offset]).isEqualTo(AxisWeights.ONE);
    }
  }
}
