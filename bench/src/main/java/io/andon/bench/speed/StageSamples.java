package io.andon.bench.speed;

import io.andon.embedding.flink.EmbedMeter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Splits the CPU time of a task's thread among stages by samples of its stack (JFR), that of the
 * model's threads among decoding and the model by the job's own timers of the two.
 */
final class StageSamples implements AutoCloseable {
  private static final long MOST_BYTES = 256L << 20;

  private final Recording recording = new Recording();
  private final Map<String, Map<Stage, Integer>> counts = new HashMap<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Instant from = Instant.MAX;
  private double decodeSeconds;
  private double modelSeconds;
  private boolean decodesOnThem;

  /**
   * Starts to sample every Java thread: early, because starting it once everything is compiled
   * would have much of it compiled again.
   */
  StageSamples() {
    recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(20));
    recording.setMaxSize(MOST_BYTES);
    recording.start();
    Metrics.addRegistry(registry);
  }

  /** What happens from now on is kept. */
  void begin() {
    decodeSeconds = -seconds(EmbedMeter.DECODE_TIME);
    modelSeconds = -seconds(EmbedMeter.MODEL_TIME);
    decodesOnThem =
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().startsWith("embed-decode"));
    from = Instant.now();
  }

  private double seconds(EmbedMeter meter) {
    Timer timer = registry.find(meter.meterName()).timer();
    return timer == null ? 0 : timer.totalTime(TimeUnit.SECONDS);
  }

  /** Ends the sampling and keeps what was sampled since the beginning. */
  void keep() throws IOException {
    Instant to = Instant.now();
    decodeSeconds += seconds(EmbedMeter.DECODE_TIME);
    modelSeconds += seconds(EmbedMeter.MODEL_TIME);
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
    if (thread.startsWith("embed-model") && decodesOnThem && decodeSeconds > 0) {
      // Most of both is native, where samples are not taken evenly; these threads do nothing else.
      double decode = decodeSeconds / (decodeSeconds + modelSeconds);
      return Map.of(Stage.DECODE, decode, Stage.EMBED, 1 - decode);
    }
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
    Metrics.removeRegistry(registry);
    registry.close();
  }
}
