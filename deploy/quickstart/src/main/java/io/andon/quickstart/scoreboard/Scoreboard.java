package io.andon.quickstart.scoreboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets incidents against the truth. Pure: the outcome depends on what was recorded, not on the
 * order in which it came, since an incident can be heard of before its injection is.
 *
 * <p>An incident belongs to an injection when it is on its camera and overlaps the time from {@link
 * #EARLY_MICROS} before its start to {@link #LATE_MICROS} after its end. Of several such injections
 * it belongs to the newest that had begun when it opened, and to that one only: an incident that
 * never closes finds one anomaly, not all.
 */
public final class Scoreboard {
  static final long EARLY_MICROS = 500_000;
  static final long LATE_MICROS = 3_000_000;
  // An event takes a moment from the camera to the topic.
  private static final long SETTLE_MICROS = 2_000_000;
  private static final int MAX_KEPT = 1_000;

  private final Map<String, Injection> injections = new Bounded<>();
  private final Map<String, SeenIncident> incidents = new Bounded<>();

  /**
   * Records an injection; told again under the same id, as when it ends, it replaces the one
   * before.
   */
  public void injected(Injection injection) {
    injections.put(injection.id(), injection);
  }

  /** Records what is known of an incident now. */
  public void seen(SeenIncident incident) {
    incidents.merge(incident.id(), incident, Scoreboard::merged);
  }

  // Events may be delivered again, so an older one must not take back what a newer one said.
  private static SeenIncident merged(SeenIncident known, SeenIncident news) {
    return new SeenIncident(
        known.id(),
        known.camera(),
        Math.min(known.firstMicros(), news.firstMicros()),
        Math.min(known.openedMicros(), news.openedMicros()),
        Math.max(known.lastMicros(), news.lastMicros()),
        known.open() && news.open());
  }

  /**
   * The incidents against the truth.
   *
   * @param nowMicros wall clock, microseconds since the epoch: tells missed from not found yet, and
   *     keeps an incident from being called a false alarm before the truth had time to arrive
   */
  public Outcome outcome(long nowMicros) {
    Map<Injection, SeenIncident> found = new LinkedHashMap<>();
    List<SeenIncident> same = new ArrayList<>();
    List<SeenIncident> falseAlarms = new ArrayList<>();
    for (SeenIncident incident : byOpening()) {
      Optional<Injection> cause = cause(incident);
      if (cause.isEmpty()) {
        if (incident.openedMicros() + SETTLE_MICROS <= nowMicros) {
          falseAlarms.add(incident);
        }
      } else if (found.putIfAbsent(cause.get(), incident) != null) {
        same.add(incident);
      }
    }
    List<Injection> waiting = new ArrayList<>();
    List<Injection> missed = new ArrayList<>();
    for (Injection injection : injections.values()) {
      if (!found.containsKey(injection)) {
        boolean over = injection.endMicros() + LATE_MICROS + SETTLE_MICROS <= nowMicros;
        (over ? missed : waiting).add(injection);
      }
    }
    return new Outcome(found, waiting, missed, same, falseAlarms);
  }

  private List<SeenIncident> byOpening() {
    return incidents.values().stream()
        .sorted(
            Comparator.comparingLong(SeenIncident::openedMicros).thenComparing(SeenIncident::id))
        .toList();
  }

  private Optional<Injection> cause(SeenIncident incident) {
    List<Injection> candidates =
        injections.values().stream()
            .filter(injection -> injection.camera().equals(incident.camera()))
            .filter(injection -> overlaps(incident, injection))
            .sorted(Comparator.comparingLong(Injection::startMicros))
            .toList();
    Optional<Injection> newestBegun =
        candidates.stream()
            .filter(i -> i.startMicros() - EARLY_MICROS <= incident.openedMicros())
            .reduce((earlier, later) -> later);
    return newestBegun.or(() -> candidates.stream().findFirst());
  }

  private static boolean overlaps(SeenIncident incident, Injection injection) {
    return incident.firstMicros() <= injection.endMicros() + LATE_MICROS
        && incident.lastMicros() >= injection.startMicros() - EARLY_MICROS;
  }

  /** Keeps the newest entries: a demo that runs for days must not grow. */
  private static final class Bounded<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > MAX_KEPT;
    }
  }
}
