package io.andon.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.ClockSource;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CaptureClockTest {
  private static final long ARRIVAL = 1_800_000_000_000_000L;
  private final CaptureClock clock = new CaptureClock(1000);

  @Test
  void withoutASenderReportArrivalCounts() {
    assertThat(clock.read(ARRIVAL, OptionalLong.empty()))
        .isEqualTo(new CaptureClock.Reading(ARRIVAL, ClockSource.ARRIVAL, false));
  }

  @Test
  void aSaneSenderClockCounts() {
    assertThat(read(-300_000))
        .isEqualTo(new CaptureClock.Reading(ARRIVAL - 300_000, ClockSource.SENDER, false));
  }

  @Test
  void aSenderClockBeyondTheBoundIsDistrustedUntilItIsWellInside() {
    assertThat(read(1_000_001))
        .isEqualTo(new CaptureClock.Reading(ARRIVAL, ClockSource.ARRIVAL, true));
    assertThat(read(900_000).distrusted()).isTrue();
    assertThat(read(500_000).clock()).isEqualTo(ClockSource.SENDER);
    assertThat(read(-900_000).clock()).isEqualTo(ClockSource.SENDER);
  }

  private CaptureClock.Reading read(long apartMicros) {
    return clock.read(ARRIVAL, OptionalLong.of(ARRIVAL + apartMicros));
  }
}
