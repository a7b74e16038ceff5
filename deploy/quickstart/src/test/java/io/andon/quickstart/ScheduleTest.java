package io.andon.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void threeMinutesHoldTwelveInjectionsThatEndBeforeTheRunDoes() {
    Instant end = NOON.plusSeconds(120);
    Schedule schedule = Schedule.next(NOON, Optional.of(end));
    assertThat(schedule.count()).isEqualTo(12);
    assertThat(schedule.from()).isAfter(NOON);
    assertThat(schedule.until()).isBefore(end.minusSeconds(5));
  }

  @Test
  void withoutAnEndARoundTakesTenMinutes() {
    Schedule schedule = Schedule.next(NOON, Optional.empty());
    assertThat(schedule.until()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
    assertThat(schedule.count()).isBetween(50, 70);
  }

  @Test
  void theCommandIsWhatTheSimulationReads() {
    Schedule schedule = new Schedule(Instant.ofEpochMilli(5), Instant.ofEpochMilli(9), 3);
    assertThat(schedule.command()).isEqualTo("inject-from 5 until 9 count 3");
  }

  @Test
  void aDurationTooShortToJudgeIsRefused() {
    assertThatThrownBy(() -> Schedule.requireLongEnough(Duration.ofSeconds(30)))
        .hasMessageContaining("DURATION is 30 s")
        .hasMessageContaining("at least 150 s");
    assertThatCode(() -> Schedule.requireLongEnough(Duration.ofMinutes(3)))
        .doesNotThrowAnyException();
  }
}
