package io.andon.quickstart.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreboardTest {
  private static final long SECOND = 1_000_000;
  private static final Injection JAM = injection("i1", "line-a", 100, 104);
  private final Scoreboard board = new Scoreboard();

  @Test
  void anIncidentWithinAnInjectionFindsItWithTheDelayOfTheFrameThatOpenedIt() {
    board.injected(JAM);
    board.seen(incident("a", "line-a", 100.2, 100.8, 103));
    Outcome outcome = board.outcome(at(200));
    assertThat(outcome.found()).containsOnlyKeys(JAM);
    assertThat(outcome.medianDelaySeconds()).contains(0.8);
    assertThat(outcome.missed()).isEmpty();
    assertThat(outcome.falseAlarms()).isEmpty();
  }

  @Test
  void theWindowReachesFromHalfASecondBeforeToThreeSecondsAfter() {
    board.injected(JAM);
    board.seen(incident("late", "line-a", 107, 107, 108));
    assertThat(board.outcome(at(200)).found()).containsOnlyKeys(JAM);
    Scoreboard other = new Scoreboard();
    other.injected(JAM);
    other.seen(incident("too-late", "line-a", 107.1, 107.1, 108));
    other.seen(incident("too-early", "line-a", 98, 98.5, 99.4));
    assertThat(other.outcome(at(200)).found()).isEmpty();
    assertThat(other.outcome(at(200)).falseAlarms()).hasSize(2);
  }

  @Test
  void anIncidentOnAnotherCameraIsAFalseAlarm() {
    board.injected(JAM);
    board.seen(incident("a", "line-b", 101, 101, 103));
    assertThat(board.outcome(at(200)).missed()).containsExactly(JAM);
    assertThat(board.outcome(at(200)).falseAlarms()).hasSize(1);
  }

  @Test
  void furtherIncidentsOfAFoundInjectionCountAsTheSame() {
    board.injected(JAM);
    board.seen(incident("a", "line-a", 100, 100, 101));
    board.seen(incident("b", "line-a", 103, 103, 104));
    Outcome outcome = board.outcome(at(200));
    assertThat(outcome.found().values()).extracting(SeenIncident::id).containsExactly("a");
    assertThat(outcome.same()).hasSize(1);
    assertThat(outcome.falseAlarms()).isEmpty();
  }

  @Test
  void anIncidentThatNeverClosesFindsOneInjectionOnly() {
    Injection next = injection("i2", "line-a", 110, 114);
    board.injected(JAM);
    board.injected(next);
    board.seen(incident("a", "line-a", 100, 100, 150));
    assertThat(board.outcome(at(200)).found()).containsOnlyKeys(JAM);
    assertThat(board.outcome(at(200)).missed()).containsExactly(next);
  }

  @Test
  void betweenTwoCloseInjectionsTheNewerBegunOneIsTheCause() {
    Injection next = injection("i2", "line-a", 105, 109);
    board.injected(JAM);
    board.injected(next);
    board.seen(incident("a", "line-a", 105.5, 106, 108));
    assertThat(board.outcome(at(200)).found()).containsOnlyKeys(next);
  }

  @Test
  void anInjectionIsMissedOnlyWhenItsTimeIsOver() {
    board.injected(JAM);
    assertThat(board.outcome(at(108)).waiting()).containsExactly(JAM);
    assertThat(board.outcome(at(109)).missed()).containsExactly(JAM);
  }

  @Test
  void theTruthMayArriveAfterTheIncident() {
    board.seen(incident("a", "line-a", 100.2, 100.8, 101));
    assertThat(board.outcome(at(101)).falseAlarms()).isEmpty();
    board.injected(JAM);
    assertThat(board.outcome(at(200)).found()).containsOnlyKeys(JAM);
  }

  @Test
  void aRedeliveredOlderEventTakesNothingBack() {
    board.seen(new SeenIncident("a", "line-a", at(100), at(101), at(105), false));
    board.seen(new SeenIncident("a", "line-a", at(100), at(101), at(101), true));
    SeenIncident known = board.outcome(at(200)).falseAlarms().get(0);
    assertThat(known.open()).isFalse();
    assertThat(known.lastMicros()).isEqualTo(at(105));
  }

  @Test
  void passesWithEightOfTenAndOneFalseAlarmAndSaysWhyNotOtherwise() {
    injectTen();
    IntStream.range(0, 8)
        .forEach(n -> board.seen(incident("a" + n, "line-a", 100 * n, 100 * n + 1, 100 * n + 2)));
    board.seen(incident("false", "line-b", 5, 5, 6));
    assertThat(PassRule.shortcomings(board.outcome(at(2000)))).isEmpty();
    board.seen(incident("false2", "line-b", 50, 50, 51));
    assertThat(PassRule.shortcomings(board.outcome(at(2000))))
        .containsExactly("2 false alarms, at most 1 is allowed");
  }

  @Test
  void nothingInjectedOrTooLittleFoundFails() {
    assertThat(PassRule.shortcomings(board.outcome(at(1))))
        .containsExactly("only 0 anomalies were injected, 10 are needed");
    injectTen();
    assertThat(PassRule.shortcomings(board.outcome(at(2000))))
        .containsExactly("0 of 10 anomalies were found, 80 % are needed");
  }

  @Test
  void percentilesAreByNearestRank() {
    LatencySample sample = new LatencySample();
    assertThat(sample.percentileMillis(50)).isNaN();
    List.of(4.0, 1.0, 3.0, 2.0).forEach(sample::add);
    assertThat(sample.percentileMillis(50)).isEqualTo(2);
    assertThat(sample.percentileMillis(99)).isEqualTo(4);
  }

  private void injectTen() {
    IntStream.range(0, 10)
        .forEach(n -> board.injected(injection("n" + n, "line-a", 100 * n, 100 * n + 4)));
  }

  private static Injection injection(String id, String camera, double start, double end) {
    return new Injection(id, camera, "jam", at(start), at(end));
  }

  private static SeenIncident incident(
      String id, String camera, double first, double opened, double last) {
    return new SeenIncident(id, camera, at(first), at(opened), at(last), false);
  }

  private static long at(double seconds) {
    return Math.round(seconds * SECOND);
  }
}
