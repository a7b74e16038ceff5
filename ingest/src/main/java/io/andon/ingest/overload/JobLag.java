package io.andon.ingest.overload;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long the job takes from a frame's sending until its score, by one probe a camera: a frame is
 * noted when it is sent, and the first score of it or of a later one ends the probe. A camera
 * counts once it has been scored, so that a job that never ran lowers nothing. Bounded by the
 * number of cameras. Thread-safe.
 */
final class JobLag {
  /**
   * A probe that waits longer than this while other cameras are scored is of an unusable camera.
   */
  static final long GIVEN_UP_MILLIS = 60_000;

  /** Scores younger than this are signs of life. */
  static final long RECENT_MILLIS = 10_000;

  private final Map<String, Probe> probes = new HashMap<>();

  private static final class Probe {
    private boolean waiting;
    private long play;
    private long seq;
    private long sentMillis;
    private long lagMillis;
    private @Nullable Long scoredMillis;
  }

  /** A frame was handed to the producer. */
  synchronized void sent(String camera, long play, long seq, long nowMillis) {
    Probe probe = probes.computeIfAbsent(camera, id -> new Probe());
    if (!probe.waiting) {
      probe.waiting = true;
      probe.play = play;
      probe.seq = seq;
      probe.sentMillis = nowMillis;
    }
  }

  /** A score came back. */
  synchronized void scored(String camera, long play, long seq, long nowMillis) {
    Probe probe = probes.get(camera);
    if (probe == null) {
      return; // of a camera of another process, or of a frame of the process before this one
    }
    probe.scoredMillis = nowMillis;
    if (probe.waiting && (play > probe.play || (play == probe.play && seq >= probe.seq))) {
      probe.waiting = false;
      probe.lagMillis = Math.max(0, nowMillis - probe.sentMillis);
    }
  }

  /** The largest lag of a camera that counts, 0 if none does. */
  synchronized long millis(long nowMillis) {
    boolean alive = probes.values().stream().anyMatch(probe -> isRecent(probe, nowMillis));
    long largest = 0;
    for (Probe probe : probes.values()) {
      largest = Math.max(largest, millis(probe, alive, nowMillis));
    }
    return largest;
  }

  private static long millis(Probe probe, boolean alive, long nowMillis) {
    if (probe.scoredMillis == null) {
      return 0;
    }
    if (!probe.waiting) {
      return isRecent(probe, nowMillis) ? probe.lagMillis : 0;
    }
    long waitedMillis = nowMillis - probe.sentMillis;
    return alive && waitedMillis > GIVEN_UP_MILLIS && !isRecent(probe, nowMillis)
        ? 0
        : Math.max(probe.lagMillis, waitedMillis);
  }

  private static boolean isRecent(Probe probe, long nowMillis) {
    return probe.scoredMillis != null && nowMillis - probe.scoredMillis <= RECENT_MILLIS;
  }
}
