package io.andon.embedding.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class EmbedMeterTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @BeforeEach
  void addRegistry() {
    Metrics.addRegistry(registry);
  }

  @AfterEach
  void removeRegistry() {
    Metrics.removeRegistry(registry);
  }

  @Test
  void theCatalogueNamesWhatIsRegisteredAndNothingElse() throws Exception {
    double framesBefore = registry.counter(EmbedMeter.FRAMES.meterName()).count();
    try (EmbedHarness harness =
        new EmbedHarness(new ScriptedEmbedder(), EmbedHarness.settings(8, 4, 2)).open()) {
      harness.send(TestFrames.frame(0));
      harness.send(TestFrames.undecodable(1));
      harness.flink.endInput();
      Map<String, Meter> meters =
          registry.getMeters().stream()
              .filter(meter -> meter.getId().getName().startsWith("andon."))
              // the simple registry keeps the buckets of a histogram as gauges of their own
              .filter(meter -> !meter.getId().getName().endsWith(".histogram"))
              .collect(
                  Collectors.toMap(
                      meter -> meter.getId().getName(), Function.identity(), (one, two) -> one));
      assertThat(meters.keySet())
          .isEqualTo(
              Arrays.stream(EmbedMeter.values())
                  .map(EmbedMeter::meterName)
                  .collect(Collectors.toSet()));
      for (EmbedMeter meter : EmbedMeter.values()) {
        Meter.Id id = java.util.Objects.requireNonNull(meters.get(meter.meterName())).getId();
        assertThat(id.getDescription()).isEqualTo(meter.meaning());
        assertThat(id.getBaseUnit()).isEqualTo(meter.unit());
        assertThat(id.getTags().stream().map(tag -> tag.getKey())).isEqualTo(meter.labels());
      }
      assertThat(registry.counter(EmbedMeter.FRAMES.meterName()).count() - framesBefore)
          .isEqualTo(1);
    }
    assertThat(registry.find(EmbedMeter.IN_FLIGHT_FRAMES.meterName()).gauge())
        .as("gauges leave with the last subtask")
        .isNull();
  }
}
