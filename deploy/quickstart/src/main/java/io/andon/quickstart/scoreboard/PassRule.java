package io.andon.quickstart.scoreboard;

import java.util.ArrayList;
import java.util.List;

/** What a demo of limited time must show to end with success. */
public final class PassRule {
  static final int MIN_INJECTED = 10;
  static final double MIN_FOUND_SHARE = 0.8;
  static final int MAX_FALSE_ALARMS = 1;

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
}
