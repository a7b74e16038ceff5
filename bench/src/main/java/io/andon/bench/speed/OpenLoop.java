package io.andon.bench.speed;

import io.andon.bench.speed.ScoreTail.Arrival;
import io.andon.contracts.ScoreRecord.LatencyStage;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * Latency of a run in which frames are sent at a fixed rate whatever the contender does.
 *
 * @param framesPerSecond offered
 * @param micros from when a frame was due until its score could be read
 * @param growth median of the last third over that of the first
 * @param stages median of each stage as the job itself tells it, milliseconds
 * @param slowest mean of each stage over the slowest hundredth of the frames, milliseconds: where
 *     the tail comes from
 */
record OpenLoop(
    double framesPerSecond,
    Histogram micros,
    double growth,
    Map<LatencyStage, Double> stages,
    Map<LatencyStage, Double> slowest) {
  private static final int SLOWEST_OF = 100;

  /**
   * @param arrivals in the order in which they came, at least three
   */
  static OpenLoop of(double framesPerSecond, List<Arrival> arrivals) {
    int third = arrivals.size() / 3;
    return new OpenLoop(
        framesPerSecond,
        histogram(arrivals, Arrival::latencyMicros),
        median(arrivals.subList(arrivals.size() - third, arrivals.size()))
            / median(arrivals.subList(0, third)),
        stages(arrivals),
        slowest(arrivals));
  }

  private static double median(List<Arrival> arrivals) {
    return histogram(arrivals, Arrival::latencyMicros).getValueAtPercentile(50);
  }

  private static Map<LatencyStage, Double> stages(List<Arrival> arrivals) {
    Map<LatencyStage, Double> stages = new EnumMap<>(LatencyStage.class);
    for (LatencyStage stage : LatencyStage.values()) {
      stages.put(
          stage,
          histogram(arrivals, arrival -> micros(arrival, stage)).getValueAtPercentile(50) / 1e3);
    }
    return stages;
  }

  private static Map<LatencyStage, Double> slowest(List<Arrival> arrivals) {
    List<Arrival> tail =
        arrivals.stream()
            .sorted(Comparator.comparingLong(Arrival::latencyMicros).reversed())
            .limit(Math.max(1, arrivals.size() / SLOWEST_OF))
            .toList();
    Map<LatencyStage, Double> slowest = new EnumMap<>(LatencyStage.class);
    for (LatencyStage stage : LatencyStage.values()) {
      slowest.put(
          stage, tail.stream().mapToLong(a -> micros(a, stage)).average().orElseThrow() / 1e3);
    }
    return slowest;
  }

  private static long micros(Arrival arrival, LatencyStage stage) {
    return arrival.score().latencyMicros().getOrDefault(stage, 0L);
  }

  private static Histogram histogram(List<Arrival> arrivals, ToLongFunction<Arrival> micros) {
    Histogram histogram = new Histogram(3);
    arrivals.forEach(arrival -> histogram.recordValue(micros.applyAsLong(arrival)));
    return histogram;
  }

  /** Frames that were measured. */
  long frames() {
    return micros.getTotalCount();
  }

  double millisAt(double percentile) {
    return micros.getValueAtPercentile(percentile) / 1e3;
  }
}
