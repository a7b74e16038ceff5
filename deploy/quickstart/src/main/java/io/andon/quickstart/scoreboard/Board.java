package io.andon.quickstart.scoreboard;

import io.andon.contracts.ScoreRecord;
import io.andon.quickstart.screen.CameraRow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that the demo has seen so far. Safe for several threads. */
public final class Board {
  private static final long RATE_WINDOW_MICROS = 5_000_000;
  private static final String WARMING_UP = ScoreRecord.State.WARMING_UP.wireName();
  private static final int MAX_CAMERAS = 64;
  private static final int MAX_IN_WINDOW = 1_000;

  private final Scoreboard scoreboard = new Scoreboard();
  private final Map<String, Camera> cameras = new TreeMap<>();
  private final LatencySample latencies = new LatencySample();
  private long frames;
  private long firstScoreMicros = -1;
  private long lastScoreMicros = -1;

  private static final class Camera {
    private final Deque<Long> arrivedMicros = new ArrayDeque<>();
    private double score;
    private String state = "";
    private double latencyMillis;
  }

  /**
   * A frame was scored.
   *
   * @param latencyMillis from its capture to here
   * @param nowMicros wall clock, microseconds since the epoch
   */
  public synchronized void scored(
      String name, double score, String state, double latencyMillis, long nowMicros) {
    if (!cameras.containsKey(name) && cameras.size() >= MAX_CAMERAS) {
      return; // The table could not show it either.
    }
    Camera camera = cameras.computeIfAbsent(name, unseen -> new Camera());
    camera.arrivedMicros.addLast(nowMicros);
    if (camera.arrivedMicros.size() > MAX_IN_WINDOW) {
      camera.arrivedMicros.removeFirst();
    }
    camera.score = score;
    camera.state = state;
    camera.latencyMillis = latencyMillis;
    frames++;
    if (!state.equals(WARMING_UP)) {
      latencies.add(latencyMillis); // A model that is still loading is not the pipeline's latency.
    }
    firstScoreMicros = firstScoreMicros < 0 ? nowMicros : firstScoreMicros;
    lastScoreMicros = nowMicros;
  }

  /** An incident opened, went on or closed. */
  public synchronized void incident(SeenIncident incident) {
    scoreboard.seen(incident);
  }

  /** The simulation shows an anomaly. */
  public synchronized void injected(Injection injection) {
    scoreboard.injected(injection);
  }

  /** Incidents against the truth. */
  public synchronized Outcome outcome(long nowMicros) {
    return scoreboard.outcome(nowMicros);
  }

  /** A row a camera, by name. */
  public synchronized List<CameraRow> rows(long nowMicros) {
    return cameras.entrySet().stream()
        .map(entry -> row(entry.getKey(), entry.getValue(), nowMicros))
        .toList();
  }

  private static CameraRow row(String name, Camera camera, long nowMicros) {
    Deque<Long> arrived = camera.arrivedMicros;
    while (!arrived.isEmpty() && arrived.getFirst() < nowMicros - RATE_WINDOW_MICROS) {
      arrived.removeFirst();
    }
    if (arrived.isEmpty()) {
      return CameraRow.silent(name);
    }
    double perSecond = arrived.size() / (RATE_WINDOW_MICROS / 1e6);
    return new CameraRow(name, perSecond, camera.score, camera.state, camera.latencyMillis);
  }

  /** When the first scored frame came, microseconds since the epoch. */
  public synchronized Optional<Long> firstScoreMicros() {
    return firstScoreMicros < 0 ? Optional.empty() : Optional.of(firstScoreMicros);
  }

  /**
   * Whether so many cameras are there, and none of them is warming up.
   *
   * @param count cameras to wait for
   */
  public synchronized boolean warmedUp(int count) {
    return cameras.size() >= count
        && cameras.values().stream().noneMatch(camera -> camera.state.equals(WARMING_UP));
  }

  /** Scored frames of all cameras. */
  public synchronized long frames() {
    return frames;
  }

  /** Scored frames a second, all cameras together, over the whole run; 0 before the second one. */
  public synchronized double framesPerSecond() {
    double seconds = (lastScoreMicros - firstScoreMicros) / 1e6;
    return seconds > 0 ? (frames - 1) / seconds : 0;
  }

  /** Of frames scored after warm-up; see {@link LatencySample#percentileMillis}. */
  public synchronized double latencyMillis(double percent) {
    return latencies.percentileMillis(percent);
  }
}
