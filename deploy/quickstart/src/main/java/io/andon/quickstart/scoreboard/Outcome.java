package io.andon.quickstart.scoreboard;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Incidents set against the truth.
 *
 * @param found the incident that found an injection, by the injection
 * @param waiting injections not found, for which there is still time
 * @param missed injections not found in time
 * @param same further incidents of an injection that was found already
 * @param falseAlarms incidents that no injection explains
 */
public record Outcome(
    Map<Injection, SeenIncident> found,
    List<Injection> waiting,
    List<Injection> missed,
    List<SeenIncident> same,
    List<SeenIncident> falseAlarms) {

  /** Seconds from an injection's start to the frame that opened its incident; 0 or more. */
  public static double delaySeconds(Injection injection, SeenIncident incident) {
    return Math.max(0, incident.openedMicros() - injection.startMicros()) / 1e6;
  }

  /** The middle of all delays, seconds; empty when nothing was found. */
  public Optional<Double> medianDelaySeconds() {
    double[] delays =
        found.entrySet().stream()
            .mapToDouble(entry -> delaySeconds(entry.getKey(), entry.getValue()))
            .sorted()
            .toArray();
    return delays.length == 0 ? Optional.empty() : Optional.of(delays[delays.length / 2]);
  }

  /** Injections of the truth so far. */
  public int injected() {
    return found.size() + waiting.size() + missed.size();
  }
}
