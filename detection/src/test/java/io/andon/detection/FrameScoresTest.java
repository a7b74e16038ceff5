package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameScoresTest {
  private final Random random = new Random(42);

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 5", "384, 1", "384, 6", "384, 12", "6, 6", "2, 9"})
  void theHottestAreAddedFromTheLowestOfThemOn(int length, int count) {
    for (int n = 0; n < 200; n++) {
      // Few different values, so that some are there several times.
      double[] values = random.doubles(length).map(v -> Math.rint(40 * v) / 7).toArray();
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      double sum = 0;
      for (int i = Math.max(0, length - count); i < length; i++) {
        sum += sorted[i];
      }

      assertThat(FrameScores.hottest(values, count)).isEqualTo(sum / Math.min(count, length));
    }
  }
}
