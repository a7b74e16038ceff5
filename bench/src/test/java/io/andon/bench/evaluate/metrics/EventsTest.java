package io.andon.bench.evaluate.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.andon.bench.evaluate.metrics.Events.Event;
import org.junit.jupiter.api.Test;

class EventsTest {
  @Test
  void shortPausesDoNotPartAnEvent() {
    boolean[] anomalous = {true, true, false, true, false, false, false, true};
    assertThat(Events.of(anomalous, 100, 3))
        .containsExactly(new Event(100, 103), new Event(107, 107));
    assertThat(Events.of(anomalous, 0, 1)).hasSize(3);
    assertThat(Events.of(new boolean[4], 0, 3)).isEmpty();
  }

  @Test
  void withNoneSeenTheBoundIsTheRuleOfThree() {
    assertThat(PoissonBound.upper95(0, 2)).isCloseTo(2.9957 / 2, within(1e-3));
    // Garwood's table: upper 95 % one-sided bounds of 1 and 10.
    assertThat(PoissonBound.upper95(1, 1)).isCloseTo(4.7439, within(1e-3));
    assertThat(PoissonBound.upper95(10, 1)).isCloseTo(16.962, within(1e-3));
    assertThat(PoissonBound.upper95(0, 0)).isInfinite();
  }
}
