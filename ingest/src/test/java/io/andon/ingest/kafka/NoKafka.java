package io.andon.ingest.kafka;

import io.andon.ingest.settings.KafkaConfig;
import io.andon.kafka.KafkaSecurity;
import java.util.Map;

/** Settings for producers that are none. */
final class NoKafka {
  static final KafkaConfig CONFIG =
      new KafkaConfig(
          "none:9092",
          "frames",
          "health",
          0,
          16_384,
          1_000_000,
          1_000_000,
          100,
          1000,
          KafkaSecurity.NONE,
          Map.of(),
          Map.of());

  private NoKafka() {}
}
