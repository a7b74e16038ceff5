package io.andon.bench.speed;

import io.andon.embedding.flink.EmbedMeter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many batches of which size the job's model has worked on. */
final class BatchSizes implements AutoCloseable {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** Listens from now on. */
  BatchSizes() {
    Metrics.addRegistry(registry);
  }

  /** Batches by upper bound of their size; each bound counts what is above the one before. */
  Map<String, Double> counts() {
    @Nullable DistributionSummary summary =
        registry.find(EmbedMeter.BATCH_FRAMES.meterName()).summary();
    Map<String, Double> counts = new LinkedHashMap<>();
    if (summary == null) {
      return counts;
    }
    double below = 0;
    for (CountAtBucket bucket : summary.takeSnapshot().histogramCounts()) {
      counts.put("up to " + (long) bucket.bucket(), bucket.count() - below);
      below = bucket.count();
    }
    return counts;
  }

  /** Batches and their mean size. */
  double mean() {
    @Nullable DistributionSummary summary =
        registry.find(EmbedMeter.BATCH_FRAMES.meterName()).summary();
    return summary == null ? 0 : summary.mean();
  }

  @Override
  public void close() {
    Metrics.removeRegistry(registry);
    registry.close();
  }
}
