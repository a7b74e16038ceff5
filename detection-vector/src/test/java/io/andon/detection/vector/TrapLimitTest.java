package io.andon.detection.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrapLimitTest {
  @Test
  void theUsualLimitIsTold() {
    assertThat(TrapLimit.hint(100)).contains("PerMethodTrapLimit=100").contains("5000");
  }

  @Test
  void aHigherLimitIsNot() {
    assertThat(TrapLimit.hint(5000)).isEmpty();
  }

  @Test
  void theTestsRunAsTheProductDoes() {
    assertThat(TrapLimit.hint()).isEmpty();
  }
}
