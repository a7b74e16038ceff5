package io.andon.job.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Registers the catalogue's meters with Micrometer's global registry. */
final class Meters {
  private static final Duration[] LATENCY_BUCKETS = {
    Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100),
    Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500),
    Duration.ofSeconds(5), Duration.ofSeconds(10)
  };

  private Meters() {}

  static Counter counter(JobMetric metric) {
    return builder(metric).register(Metrics.globalRegistry);
  }

  static Counter counter(JobMetric metric, String labelValue) {
    return builder(metric).tag(metric.labels().get(0), labelValue).register(Metrics.globalRegistry);
  }

  private static Counter.Builder builder(JobMetric metric) {
    return Counter.builder(metric.meterName()).baseUnit(unit(metric)).description(metric.meaning());
  }

  static Timer timer(JobMetric metric) {
    return Timer.builder(metric.meterName())
        .description(metric.meaning())
        .serviceLevelObjectives(LATENCY_BUCKETS)
        .register(Metrics.globalRegistry);
  }

  static Gauge gauge(JobMetric metric, Supplier<Number> value) {
    return Gauge.builder(metric.meterName(), value)
        .baseUnit(unit(metric))
        .description(metric.meaning())
        .register(Metrics.globalRegistry);
  }

  static Gauge gauge(JobMetric metric, String labelValue, Supplier<Number> value) {
    return Gauge.builder(metric.meterName(), value)
        .tag(metric.labels().get(0), labelValue)
        .description(metric.meaning())
        .register(Metrics.globalRegistry);
  }

  private static @Nullable String unit(JobMetric metric) {
    return metric.unit().isEmpty() ? null : metric.unit();
  }
}
