package io.andon.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnedShotsTest {
  /** Seven pictures end a warm-up, and a quarter of them is left out of it. */
  @ParameterizedTest
  @CsvSource({"7, false", "9, false", "10, true", "16, true"})
  void positionsAreToldByPicturesThatADetectorEndsItsWarmUpWithout(int pictures, boolean enough) {
    assertThat(TurnedShots.canTell(pictures)).isEqualTo(enough);
  }
}
