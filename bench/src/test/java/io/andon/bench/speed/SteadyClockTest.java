package io.andon.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private Instant wallTime = Instant.parse("2026-01-01T00:00:10Z");
  private long nanos = 77_000_000;

  private final Clock wall =
      new Clock() {
        @Override
        public Instant instant() {
          return wallTime;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  @Test
  void aWallClockThatIsSetBackMakesNoLatencyShorter() {
    SteadyClock clock = new SteadyClock(wall, () -> nanos);
    long due = clock.micros();
    nanos += 25_000_000;
    wallTime = wallTime.minusSeconds(10);
    long arrived = clock.micros();

    assertThat(arrived - due).isEqualTo(25_000);
    assertThat(due).isEqualTo(Instant.parse("2026-01-01T00:00:10Z").toEpochMilli() * 1_000);
  }
}
