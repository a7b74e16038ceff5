package io.andon.ingest.settings;

import io.andon.config.SecretRef;
import io.andon.kafka.KafkaConnection;
import io.andon.kafka.KafkaSecurity;
import java.util.Map;
import java.util.Set;

/**
 * Where frames go; ranges and defaults stand in {@code ingest.schema.json}.
 *
 * @param bootstrapServers brokers, {@code host:port} separated by commas
 * @param framesTopic topic of the frames
 * @param healthTopic topic of camera faults
 * @param lingerMillis how long the producer waits to fill a batch
 * @param batchBytes largest batch of a partition
 * @param bufferBytes memory for frames on their way
 * @param maxFrameBytes largest record
 * @param maxBlockMillis longest wait for buffer memory or metadata
 * @param deliveryTimeoutMillis how long delivery is tried
 * @param security how ingest and the brokers know each other
 * @param properties further client settings
 * @param secretProperties further client settings that are secret
 */
public record KafkaConfig(
    String bootstrapServers,
    String framesTopic,
    String healthTopic,
    int lingerMillis,
    int batchBytes,
    long bufferBytes,
    int maxFrameBytes,
    int maxBlockMillis,
    int deliveryTimeoutMillis,
    KafkaSecurity security,
    Map<String, String> properties,
    Map<String, SecretRef> secretProperties) {

  /** Client settings that ingest decides, so that order and bounds hold. */
  static final Set<String> RESERVED =
      Set.of(
          "bootstrap.servers",
          "key.serializer",
          "value.serializer",
          "acks",
          "enable.idempotence",
          "transactional.id",
          "compression.type",
          "linger.ms",
          "batch.size",
          "buffer.memory",
          "max.block.ms",
          "max.request.size",
          "max.in.flight.requests.per.connection",
          "delivery.timeout.ms",
          "request.timeout.ms",
          "partitioner.class",
          "partitioner.ignore.keys",
          "interceptor.classes");

  public KafkaConfig {
    properties = Map.copyOf(properties);
    secretProperties = Map.copyOf(secretProperties);
  }

  /** How every client connects; secrets in it are references. */
  public KafkaConnection connection() {
    return new KafkaConnection(bootstrapServers, security, properties, secretProperties);
  }

  @Override
  public String toString() {
    return "KafkaConfig[" + bootstrapServers + ", " + framesTopic + "]";
  }
}
