package io.andon.bench.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Splits the CPU time of a task's thread among stages by samples of its stack (JFR). */
final class StageSamples implements AutoCloseable {
  private static final long MOST_BYTES = 256L << 20;

  private final Recording recording = new Recording();
  private final Map<String, Map<Stage, Integer>> counts = new HashMap<>();

  /**
   * Starts to sample every Java thread: early, because starting it once everything is compiled
   * would have much of it compiled again.
   */
  StageSamples() {
    recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(20));
    recording.setMaxSize(MOST_BYTES);
    recording.start();
  }

  /** Ends the sampling and keeps what was sampled between two times. */
  void keep(Instant from, Instant to) throws IOException {
    Path file = Files.createTempFile("andon-bench", ".jfr");
    try {
      recording.stop();
      recording.dump(file);
      RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().equals("jdk.ExecutionSample"))
          .filter(e -> !e.getStartTime().isBefore(from) && !e.getStartTime().isAfter(to))
          .forEach(this::sampled);
    } finally {
      Files.delete(file);
    }
  }

  private void sampled(RecordedEvent event) {
    if (event.getThread("sampledThread") == null || event.getStackTrace() == null) {
      return;
    }
    String thread = event.getThread("sampledThread").getJavaName();
    if (thread == null || !isTask(thread)) {
      return;
    }
    List<String> classes =
        event.getStackTrace().getFrames().stream()
            .map(frame -> frame.getMethod().getType().getName())
            .toList();
    counts
        .computeIfAbsent(thread, name -> new EnumMap<>(Stage.class))
        .merge(Stage.ofStack(classes), 1, Integer::sum);
  }

  /** A task runs several operators on one thread. */
  private static boolean isTask(String thread) {
    return thread.startsWith("Source: ") || thread.startsWith("detect");
  }

  /** The shares of the stages in a thread's time; 1 together. */
  Map<Stage, Double> shares(String thread) {
    Map<Stage, Integer> sampled = counts.getOrDefault(thread, Map.of());
    if (sampled.isEmpty()) {
      return Map.of(Stage.ofThread(thread), 1.0);
    }
    double all = sampled.values().stream().mapToInt(Integer::intValue).sum();
    Map<Stage, Double> shares = new EnumMap<>(Stage.class);
    sampled.forEach((stage, count) -> shares.put(stage, count / all));
    return shares;
  }

  @Override
  public void close() {
    recording.close();
  }
}
