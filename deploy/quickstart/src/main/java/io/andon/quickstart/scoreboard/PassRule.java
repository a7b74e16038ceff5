package io.andon.quickstart.scoreboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a demo of limited time must show to end with success. */
public final class PassRule {
  static final int MIN_INJECTED = 10;
  static final double MIN_FOUND_SHARE = 0.8;
  static final int MAX_FALSE_ALARMS = 1;
  private static final double MIN_SCORED_SHARE = 0.95;

  private PassRule() {}

  /** Why the outcome is not good enough; empty when it is. */
  public static List<String> shortcomings(Outcome outcome) {
    List<String> reasons = new ArrayList<>();
    int injected = outcome.injected();
    int found = outcome.found().size();
    int falseAlarms = outcome.falseAlarms().size();
    if (injected < MIN_INJECTED) {
      reasons.add("only " + injected + " anomalies were injected, " + MIN_INJECTED + " are needed");
    }
    if (found < MIN_FOUND_SHARE * injected) {
      reasons.add("%d of %d anomalies were found, 80 %% are needed".formatted(found, injected));
    }
    if (falseAlarms > MAX_FALSE_ALARMS) {
      reasons.add(falseAlarms + " false alarms, at most " + MAX_FALSE_ALARMS + " is allowed");
    }
    return reasons;
  }

  /**
   * What may be behind shortcomings: a machine that carries too little.
   *
   * @param scored frames a second that were scored
   * @param shown frames a second that the cameras gave
   */
  public static Optional<String> excuse(double scored, double shown) {
    return scored >= MIN_SCORED_SHARE * shown
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "only %.1f of %.0f frames/s were scored: this machine is too slow or busy, and short"
                    + " anomalies are missed; end what else runs, or give fewer frames, FPS=5 say",
                scored,
                shown));
  }
}
