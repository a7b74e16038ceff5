package io.andon.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What becomes of odd pooled vectors. */
class ObservationsTest {
  @Test
  void aVectorOfZeroNormHasNoDirection() {
    assertThat(Observations.direction(new float[3])).containsExactly(0, 0, 0);
  }

  @Test
  void aDirectionDoesNotDependOnTheLength() {
    byte[] direction = Observations.direction(new float[] {3, 4, 0});
    assertThat(direction).containsExactly(127, 127, 0);
    assertThat(Observations.direction(new float[] {3e-20f, 4e-20f, 0})).isEqualTo(direction);
    assertThat(Observations.direction(new float[] {0.1f, 1, 10})).containsExactly(5, 51, 127);
  }

  @Test
  void valuesThatAreNotFiniteAreRefused() {
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> Observations.direction(new float[] {1, value}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("pooled");
    }
  }
}
