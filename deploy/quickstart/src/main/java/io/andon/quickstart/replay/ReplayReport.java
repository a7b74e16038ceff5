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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prints what was found, what was missed and why, seed by seed and in all. */
final class ReplayReport {
  private static final long NEAR_MICROS = 3_000_000;
  private int frames;
  private int injected;
  private int found;
  private int falseAlarms;
  private final Set<String> foundOnes = new TreeSet<>();
  private final List<Double> delays = new ArrayList<>();
  private final Map<String, List<Double>> saved = new TreeMap<>();

  /**
   * Prints what was made of a seed.
   *
   * @param gate which frames went without their picture; null where all had one
   */
  void add(long seed, ReplayRun run, List<Injection> truth, @Nullable GateVerdicts gate) {
    if (gate != null) {
      gate.saved()
          .forEach((id, share) -> saved.computeIfAbsent(id, c -> new ArrayList<>()).add(share));
    }
    Scoreboard scoreboard = new Scoreboard();
    truth.forEach(scoreboard::injected);
    run.incidents().forEach((camera, changes) -> changes.forEach(c -> see(scoreboard, camera, c)));
    Outcome outcome = scoreboard.outcome(Long.MAX_VALUE / 2);
    long start = run.said().get(0).verdict().stamp().capturedMicros();
    System.out.printf(
        "seed %d: %d frames, %.2f ms of detection a frame%s%n",
        seed,
        run.said().size(),
        run.millisAFrame(),
        gate == null ? "" : ", calls of the model saved: " + shares(gate.saved()));
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
    outcome
        .found()
        .forEach(
            (injection, seen) -> {
              foundOnes.add(seed + " " + injection.id());
              delays.add(Outcome.delaySeconds(injection, seen));
            });
    frames += run.said().size();
    injected += truth.size();
    found += outcome.found().size();
    falseAlarms += outcome.falseAlarms().size();
  }

  /**
   * Prints the sum over all seeds.
   *
   * @param way how the pictures came to the job
   * @param first the same as they came first
   */
  void printTotals(String way, ReplayReport first) {
    Map<String, Double> means = new TreeMap<>();
    saved.forEach(
        (camera, shares) ->
            means.put(camera, shares.stream().mapToDouble(s -> s).average().orElse(0)));
    Set<String> lost = new TreeSet<>(first.foundOnes);
    lost.removeAll(foundOnes);
    System.out.printf(
        "in all, %s: %d frames, %d injected, %d found, %d missed that the first way found,"
            + " %d false alarms, delay %.2f s%s%n",
        way,
        frames,
        injected,
        found,
        lost.size(),
        falseAlarms,
        delays.stream().sorted().skip(delays.size() / 2).findFirst().orElse(Double.NaN),
        means.isEmpty() ? "" : ", calls of the model saved " + shares(means));
  }

  private static String shares(Map<String, Double> shares) {
    return shares.entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "%s %.1f %%", e.getKey(), 100 * e.getValue()))
        .collect(Collectors.joining(", "));
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
        new TreeMap<>(
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
