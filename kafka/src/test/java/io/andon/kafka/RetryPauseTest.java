package io.andon.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPauseTest {
  @Test
  void eachIsTwiceAsLongAsTheOneBeforeUpToTheLongest() throws InterruptedException {
    RetryPause pause = new RetryPause(Duration.ofMillis(1), Duration.ofMillis(5));
    List<Long> lengths = new ArrayList<>();

    for (int i = 0; i < 5; i++) {
      lengths.add(pause.length().toMillis());
      pause.sleep();
    }

    assertThat(lengths).containsExactly(1L, 2L, 4L, 5L, 5L);
  }
}
