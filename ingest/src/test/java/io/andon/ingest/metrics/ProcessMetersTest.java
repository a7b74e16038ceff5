package io.andon.ingest.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessMetersTest {
  /** Names that deploy/prometheus and docs/alerts.md go by. */
  private static final List<String> NAMES =
      List.of(
          "process_start_time_seconds",
          "process_uptime_seconds",
          "process_cpu_usage",
          "jvm_memory_used_bytes",
          "jvm_gc_memory_allocated_bytes_total");

  @Test
  void sinceWhenTheProcessRunsIsTold() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (ProcessMeters meters = new ProcessMeters(registry, InstantSource.system())) {
      assertThat(meters).isNotNull();
      String scraped = registry.scrape();
      assertThat(NAMES).allMatch(name -> scraped.contains("\n# TYPE " + name + " "));
      double started = ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3;
      assertThat(registry.get("process.start.time").timeGauge().value()).isEqualTo(started);
    }
  }

  /** Which deploy/prometheus sets against the clock of Prometheus. */
  @Test
  void itsWallClockIsTold() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(1_795_864_000_250L));
    try (ProcessMeters meters = new ProcessMeters(registry, clock)) {
      assertThat(meters).isNotNull();
      assertThat(registry.scrape()).contains("\nprocess_clock_seconds 1.79586400025E9\n");
    }
  }
}
