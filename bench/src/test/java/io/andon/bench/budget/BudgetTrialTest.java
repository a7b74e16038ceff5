package io.andon.bench.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.andon.detection.FrameStamp;
import io.andon.detection.HeatMap;
import io.andon.detection.IncidentChange;
import io.andon.detection.Observation;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Which alarms are of an anomaly. All is in warm-up, so that the detector has no word in it. */
class BudgetTrialTest {
  private static final long SEED = 7;
  private static final int FPS = 4;
  private static final double START = 10;
  private static final double SECONDS = 20;

  private final Injected wrongParts = shown(Injected.Kind.WRONG_PRODUCT);
  private final Injected stop = shown(Injected.Kind.STOPPED);

  private static Injected shown(Injected.Kind kind) {
    return Injected.of(kind, START, SECONDS, 15);
  }

  @Test
  void anAlarmBeforeAStrangePartComesIsFalseAndTheAnomalyStillToBeFound() {
    Watched watched = new Watched(wrongParts);
    watched.until(() -> watched.now >= START + 0.5);
    assertThat(watched.station.presentSince()).as("no part has come yet").isInfinite();
    watched.alarm(watched.now);
    assertThat(watched.trial.delay(wrongParts)).isInfinite();
    assertThat(watched.trial.falseAlarms()).hasSize(1);
    watched.until(() -> watched.now > watched.station.shownSince() + 1);
    watched.alarm(watched.now);
    assertThat(watched.trial.delay(wrongParts)).isCloseTo(1, within(2.0 / FPS));
    assertThat(watched.trial.falseAlarms()).hasSize(1);
  }

  @Test
  void aStrangePartThatIsFoundAsItComesIsFoundAtOnce() {
    Watched watched = new Watched(wrongParts);
    watched.until(() -> watched.now >= watched.station.presentSince());
    assertThat(watched.station.shownSince()).as("not yet half in the picture").isInfinite();
    watched.alarm(watched.station.presentSince());
    assertThat(watched.trial.delay(wrongParts)).isZero();
    assertThat(watched.trial.falseAlarms()).isEmpty();
  }

  @Test
  void aStopThatIsFoundWithinItsFirstSecondIsFoundAtOnce() {
    Watched watched = new Watched(stop);
    watched.until(() -> watched.now >= START + 0.5);
    watched.alarm(START);
    assertThat(watched.trial.delay(stop)).isZero();
    assertThat(watched.trial.falseAlarms()).isEmpty();
  }

  @Test
  void anAlarmThatBeganBeforeTheStopIsNotOfIt() {
    Watched watched = new Watched(stop);
    watched.until(() -> watched.now >= START + 0.5);
    watched.alarm(START - 1);
    assertThat(watched.trial.delay(stop)).isInfinite();
    assertThat(watched.trial.falseAlarms()).hasSize(1);
    watched.until(() -> watched.now >= START + 3);
    watched.alarm(START + 1);
    assertThat(watched.trial.delay(stop)).as("from a second without movement on").isEqualTo(2);
  }

  /** A station that shows one anomaly, and the trial that watches it. */
  private static final class Watched {
    private final SimulatedStation station;
    private final BudgetTrial trial;
    private double now;

    Watched(Injected anomaly) {
      StationPlan plan = new StationPlan(SEED, FPS, 8, List.of(), List.of(anomaly));
      station = new SimulatedStation(plan);
      trial = new BudgetTrial(0, plan, station, 24);
    }

    void until(BooleanSupplier reached) {
      do {
        now = station.seconds();
        assertThat(now).as("the anomaly is still on").isLessThan(START + SECONDS);
        Observation frame = station.next();
        trial.observe(now, frame);
      } while (!reached.getAsBoolean());
    }

    void alarm(double firstEvidence) {
      FrameStamp first = stamp(firstEvidence);
      FrameStamp current = stamp(now);
      trial.opened(
          now,
          new IncidentChange(
              IncidentChange.Kind.OPENED,
              "id",
              0,
              first,
              current,
              current,
              1.5,
              0.001,
              1,
              24,
              24,
              IncidentChange.Channel.APPEARANCE,
              List.of(),
              new HeatMap(1, 1, new byte[1]),
              null,
              1,
              "space",
              null,
              null));
    }

    private static FrameStamp stamp(double seconds) {
      return new FrameStamp(SimulatedStation.START_MICROS + Math.round(seconds * 1e6), 1, 0, 0, 0);
    }
  }
}
