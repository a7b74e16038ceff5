package io.andon.ingest.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.ingest.camera.StopReason;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IngestMetricTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void theCatalogueAndTheMetersAgree() {
    registerAll();
    Map<String, Object> registered = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      registered.put(
          meter.getId().getName(), meter.getId().getTags().stream().map(Tag::getKey).toList());
    }
    Map<String, Object> listed = new TreeMap<>();
    Arrays.stream(IngestMetric.values())
        .forEach(metric -> listed.put(metric.meterName(), metric.labels()));
    assertThat(registered).isEqualTo(listed);
    String scraped = registry.scrape();
    assertThat(IngestMetric.values())
        .allMatch(metric -> scraped.contains("# TYPE " + metric.prometheusName() + " "));
  }

  @Test
  void theDocumentListsThem() throws IOException {
    assertThat(Files.readString(Path.of("../docs/metrics.md"))).contains(IngestMetric.markdown());
  }

  private void registerAll() {
    IngestMeters meters = new IngestMeters(registry);
    meters.captured("a", 1);
    meters.sent("a", 1);
    meters.gated("a");
    meters.dropped("a", DropReason.QUEUE_FULL);
    meters.reconnected("a", StopReason.STALL);
    meters.queueDepth("a", () -> 0);
    meters.camera("a", () -> true, () -> true);
    meters.overload(() -> 0, () -> 1);
    meters.scoresReadable(() -> true);
  }
}
