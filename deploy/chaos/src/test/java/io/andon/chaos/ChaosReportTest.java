package io.andon.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosReportTest {
  private final ChaosReport report = new ChaosReport();

  @Test
  void aRunThatBrokeNothingIsNotClean() {
    report.notRun("full-disk", "this user may not mount");

    assertThat(report.isClean()).isFalse();
    assertThat(report.ran(List.of("full-disk"))).isFalse();
    assertThat(report.ran(List.of())).as("nothing in particular was asked for").isTrue();
  }
}
