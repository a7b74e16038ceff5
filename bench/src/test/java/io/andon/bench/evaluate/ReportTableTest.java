package io.andon.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTableTest {
  @Test
  void whereNoEventWasFoundThereIsNoDelay() {
    Figures figures = new Figures("yard", "all");
    figures.put(
        "gate",
        List.of(
            Map.of("gate", "safe", "delay_median_seconds_without", 1.5),
            Map.of("gate", "aggressive")));
    assertThat(ReportTable.of(List.of(figures)))
        .contains("none (1.5 s)")
        .contains("none (none)")
        .doesNotContain("NaN s");
  }
}
