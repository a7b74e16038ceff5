package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The right pictures at the wrong time: what judging frame by frame can't find. */
class CycleDetectionTest {
  private static final int FPS = 10;
  private static final int CYCLE_FRAMES = (int) (FPS * SyntheticMachine.CYCLE_SECONDS);
  private static final DetectorSettings AUTO = DetectorSettings.defaults();
  private static final DetectorSettings OFF = AUTO.withCycle(AUTO.cycle().withEnabled(false));

  /** A machine that is normal for long, then leaves a step out and later does one twice. */
  private static List<Observation> story() {
    SyntheticMachine machine = new SyntheticMachine(4, FPS, 0.02);
    List<Observation> frames = new ArrayList<>();
    for (int cycle = 0; cycle < 40; cycle++) {
      if (cycle == 25) {
        machine.skipOne();
      } else if (cycle == 32) {
        machine.repeatOne();
      }
      for (int i = 0; i < CYCLE_FRAMES; i++) {
        frames.add(machine.next());
      }
    }
    return frames;
  }

  private static List<IncidentChange> opened(DetectorSettings settings, List<Observation> frames) {
    CameraDetector detector = CameraDetector.create("press", settings);
    List<IncidentChange> opened = new ArrayList<>();
    for (Observation frame : frames) {
      for (IncidentChange change : detector.observe(frame).incidents()) {
        if (change.kind() == IncidentChange.Kind.OPENED) {
          opened.add(change);
        }
      }
    }
    return opened;
  }

  @ParameterizedTest(name = "{0} % an hour")
  @ValueSource(ints = {60, 20})
  void aCycleThatSlowlyTakesLongerIsToldHoweverSlowly(int percentAnHour) {
    SyntheticMachine machine = new SyntheticMachine(6, FPS / 2, 0.02);
    CameraDetector detector = CameraDetector.create("press", AUTO);
    double until = 900;
    double share = 0;
    IncidentChange told = null;
    while (told == null && share < 0.25) {
      share = Math.max(0, machine.seconds() - until) / 3_600 * percentAnHour / 100;
      machine.slowDownBy(share);
      for (IncidentChange change : detector.observe(machine.next()).incidents()) {
        told = change;
      }
    }

    assertThat(told).isNotNull();
    assertThat(told.channel()).isEqualTo(IncidentChange.Channel.CYCLE);
    assertThat(told.peakScore()).isGreaterThan(AUTO.alarm().drift());
    assertThat(share).isBetween(0.09, 0.17);
    assertThat(told.cycle()).isNotNull();
    assertThat(told.cycle().currentSeconds()).isGreaterThan(1.1 * told.cycle().usualSeconds());
  }

  @Test
  void wrongOrderIsFoundByTheCycleAndByNothingElse() {
    List<Observation> frames = story();

    assertThat(opened(OFF, frames)).as("frame by frame all is normal").isEmpty();

    List<IncidentChange> found = opened(AUTO, frames);
    assertThat(found).hasSize(2);
    assertThat(found)
        .allSatisfy(
            incident -> {
              assertThat(incident.channel()).isEqualTo(IncidentChange.Channel.CYCLE);
              assertThat(incident.cycle()).isNotNull();
            });
    long start = SyntheticLine.START_MICROS;
    long cycleMicros = CYCLE_FRAMES * 1_000_000L / FPS;
    assertThat(found.get(0).current().capturedMicros() - start)
        .isBetween(25 * cycleMicros, 26 * cycleMicros + cycleMicros / 2);
    assertThat(found.get(1).current().capturedMicros() - start)
        .isBetween(32 * cycleMicros, 33 * cycleMicros + cycleMicros / 2);
  }
}
