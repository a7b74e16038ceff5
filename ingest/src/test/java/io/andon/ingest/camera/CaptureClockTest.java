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

  @Test
  void aClockThatIsAheadIsNotFollowedToWhereTheJobRefusesItsFrames() {
    CaptureClock patient = new CaptureClock(60_000);
    long most = CaptureClock.MOST_AHEAD_MICROS;

    assertThat(patient.read(ARRIVAL, OptionalLong.of(ARRIVAL + most)))
        .isEqualTo(new CaptureClock.Reading(ARRIVAL + most, ClockSource.SENDER, false));
    assertThat(patient.read(ARRIVAL, OptionalLong.of(ARRIVAL + most + 1)))
        .isEqualTo(new CaptureClock.Reading(ARRIVAL, ClockSource.ARRIVAL, true));
    assertThat(patient.read(ARRIVAL, OptionalLong.of(ARRIVAL + most / 2 + 1)).distrusted())
        .isTrue();
    assertThat(patient.read(ARRIVAL, OptionalLong.of(ARRIVAL + most / 2)).clock())
        .isEqualTo(ClockSource.SENDER);
  }

  @Test
  void aClockThatLagsIsFollowedAsFarAsTheBound() {
    CaptureClock patient = new CaptureClock(60_000);

    assertThat(patient.read(ARRIVAL, OptionalLong.of(ARRIVAL - 60_000_000)))
        .isEqualTo(new CaptureClock.Reading(ARRIVAL - 60_000_000, ClockSource.SENDER, false));
    assertThat(patient.read(ARRIVAL, OptionalLong.of(ARRIVAL - 60_000_001)).distrusted()).isTrue();
    assertThat(patient.read(ARRIVAL, OptionalLong.of(ARRIVAL - 30_000_000)).clock())
        .isEqualTo(ClockSource.SENDER);
  }

  @Test
  void timeStandsStillWhereAClockStepsBackUntilItHasCaughtUp() {
    assertThat(read(-100_000).capturedMicros()).isEqualTo(ARRIVAL - 100_000);
    assertThat(read(-300_000))
        .isEqualTo(new CaptureClock.Reading(ARRIVAL - 100_000, ClockSource.SENDER, false));
    assertThat(read(-100_001).capturedMicros()).isEqualTo(ARRIVAL - 100_000);
    assertThat(read(-99_999).capturedMicros()).isEqualTo(ARRIVAL - 99_999);
  }

  @Test
  void changingClocksIsNoStepBackEither() {
    assertThat(read(200_000).capturedMicros()).isEqualTo(ARRIVAL + 200_000);
    assertThat(clock.read(ARRIVAL + 100_000, OptionalLong.empty()))
        .isEqualTo(new CaptureClock.Reading(ARRIVAL + 200_000, ClockSource.ARRIVAL, false));
  }

  @Test
  void aClockThatWasSetBackIsFollowedHoweverFarItMayBeFromArrival() {
    CaptureClock patient = new CaptureClock(60_000);
    long longest = CaptureClock.LONGEST_HOLD_MICROS;
    patient.read(ARRIVAL, OptionalLong.of(ARRIVAL));

    assertThat(patient.read(ARRIVAL, OptionalLong.of(ARRIVAL - longest)).capturedMicros())
        .isEqualTo(ARRIVAL);
    assertThat(patient.read(ARRIVAL, OptionalLong.of(ARRIVAL - longest - 1)).capturedMicros())
        .isEqualTo(ARRIVAL - longest - 1);
    assertThat(patient.read(ARRIVAL, OptionalLong.of(ARRIVAL - longest + 5)).capturedMicros())
        .isEqualTo(ARRIVAL - longest + 5);
  }

  private CaptureClock.Reading read(long apartMicros) {
    return clock.read(ARRIVAL, OptionalLong.of(ARRIVAL + apartMicros));
  }
}
