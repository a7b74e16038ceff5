package io.andon.quickstart.scoreboard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells each turn of the outcome once: found, missed, false alarm. Not safe for several threads.
 */
public final class News {
  private final Set<String> told = new HashSet<>();

  /** What the outcome holds that was not told yet, a line each. */
  public List<String> of(Outcome outcome) {
    Map<String, String> lines = new LinkedHashMap<>();
    outcome
        .found()
        .forEach(
            (injection, incident) ->
                lines.put("found " + injection.id(), found(injection, incident)));
    for (Injection injection : outcome.missed()) {
      lines.put("missed " + injection.id(), "MISSED       " + named(injection));
    }
    for (SeenIncident incident : outcome.falseAlarms()) {
      lines.put("false " + incident.id(), "FALSE ALARM  on " + incident.camera());
    }
    List<String> news = new ArrayList<>();
    lines.forEach(
        (key, line) -> {
          if (!told.contains(key)) {
            news.add(line);
          }
        });
    // What the scoreboard has let go of is let go of here, too.
    told.clear();
    told.addAll(lines.keySet());
    return news;
  }

  private static String found(Injection injection, SeenIncident incident) {
    double delay = Outcome.delaySeconds(injection, incident);
    return String.format(Locale.ROOT, "FOUND        %s after %.1f s", named(injection), delay);
  }

  private static String named(Injection injection) {
    return injection.kind() + " on " + injection.camera();
  }
}
