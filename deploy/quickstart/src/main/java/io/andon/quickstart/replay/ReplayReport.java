package io.andon.quickstart.replay;

import io.andon.detection.CameraState;
import io.andon.detection.DetectorScores;
import io.andon.detection.IncidentChange;
import io.andon.detection.IncidentChange.Kind;
import io.andon.quickstart.replay.ReplayRun.Said;
import io.andon.quickstart.scoreboard.Injection;
import io.andon.quickstart.scoreboard.Outcome;
import io.andon.quickstart.scoreboard.Scoreboard;
import io.andon.quickstart.scoreboard.SeenIncident;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Prints what was found, what was missed and why, seed by seed and in all. */
final class ReplayReport {
  private static final long NEAR_MICROS = 3_000_000;
  private int injected;
  private int found;
  private int falseAlarms;

  void add(long seed, ReplayRun run, List<Injection> truth) {
    Scoreboard scoreboard = new Scoreboard();
    truth.forEach(scoreboard::injected);
    run.incidents().forEach((camera, changes) -> changes.forEach(c -> see(scoreboard, camera, c)));
    Outcome outcome = scoreboard.outcome(Long.MAX_VALUE / 2);
    long start = run.said().get(0).verdict().stamp().capturedMicros();
    System.out.printf(
        "seed %d: %d frames, %.2f ms of detection a frame%n",
        seed, run.said().size(), run.millisAFrame());
    for (Injection injection : truth) {
      SeenIncident seen = outcome.found().get(injection);
      System.out.printf(
          "  %-9s %-15s at %6.1f s  %-14s peaks %s%n",
          injection.camera(),
          injection.kind(),
          (injection.startMicros() - start) / 1e6,
          seen == null
              ? "MISSED"
              : String.format(
                  Locale.ROOT,
                  "found %+.2f s",
                  (seen.openedMicros() - injection.startMicros()) / 1e6),
          peaks(
              run.said().stream()
                  .filter(s -> s.camera().equals(injection.camera()))
                  .filter(s -> during(s, injection))));
    }
    for (SeenIncident alarm : outcome.falseAlarms()) {
      IncidentChange opened =
          run.incidents().getOrDefault(alarm.camera(), List.of()).stream()
              .filter(c -> c.id().equals(alarm.id()))
              .max(Comparator.comparingDouble(IncidentChange::peakScore))
              .orElseThrow();
      System.out.printf(
          "  %-9s FALSE ALARM at %.1f s by %s, score %.2f%n",
          alarm.camera(),
          (alarm.openedMicros() - start) / 1e6,
          opened.channel(),
          opened.peakScore());
    }
    for (String camera : run.incidents().keySet()) {
      System.out.printf(
          "  %-9s peaks in normal time %s%n",
          camera,
          peaks(
              run.said().stream()
                  .filter(s -> s.camera().equals(camera))
                  .filter(s -> s.verdict().state() != CameraState.WARMING_UP)
                  .filter(s -> truth.stream().noneMatch(i -> near(s, i)))));
    }
    injected += truth.size();
    found += outcome.found().size();
    falseAlarms += outcome.falseAlarms().size();
  }

  void printTotals() {
    System.out.printf(
        "in all: %d injected, %d found, %d false alarms%n", injected, found, falseAlarms);
  }

  private static void see(Scoreboard scoreboard, String camera, IncidentChange change) {
    scoreboard.seen(
        new SeenIncident(
            change.id(),
            camera,
            change.first().capturedMicros(),
            change.kind() == Kind.OPENED ? change.current().capturedMicros() : Long.MAX_VALUE,
            change.current().capturedMicros(),
            change.kind() != Kind.CLOSED));
  }

  private static boolean during(Said said, Injection injection) {
    long at = said.verdict().stamp().capturedMicros();
    return at >= injection.startMicros() && at <= injection.endMicros();
  }

  private static boolean near(Said said, Injection injection) {
    long at = said.verdict().stamp().capturedMicros();
    return said.camera().equals(injection.camera())
        && at >= injection.startMicros() - NEAR_MICROS
        && at <= injection.endMicros() + NEAR_MICROS;
  }

  private static String peaks(Stream<Said> frames) {
    List<DetectorScores> scores = frames.map(Said::scores).toList();
    Map<String, ToDoubleFunction<DetectorScores>> channels =
        new java.util.TreeMap<>(
            Map.of(
                "appearance", s -> s.appearance().score(),
                "motion", s -> s.motion().score(),
                "activity", s -> s.activity().score(),
                "scene", s -> s.scene().score(),
                "cycle", s -> s.cycle().score()));
    StringBuilder text = new StringBuilder();
    channels.forEach(
        (name, score) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%s %.2f  ",
                    name,
                    scores.stream().mapToDouble(score).max().orElse(0))));
    return text.toString().strip();
  }
}
