package io.andon.ingest.kafka;

import io.andon.config.ConfigException;
import io.andon.config.SecretRef;
import io.andon.ingest.settings.KafkaConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the producer: idempotent, acknowledged by all replicas, bounded, uncompressed. */
public final class FrameProducers {
  private FrameProducers() {}

  /**
   * Makes a producer; it connects in the background.
   *
   * @throws ConfigException if a secret can't be found
   * @throws org.apache.kafka.common.KafkaException if a client setting is refused
   */
  public static Producer<byte[], byte[]> create(KafkaConfig kafka) throws ConfigException {
    return new KafkaProducer<>(
        settings(kafka), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * What every client is set to, with the secrets in it: not to be shown.
   *
   * @throws ConfigException if a secret can't be found
   */
  static Map<String, Object> client(KafkaConfig kafka) throws ConfigException {
    Map<String, Object> settings = new HashMap<>(kafka.properties());
    for (Map.Entry<String, SecretRef> secret : kafka.secretProperties().entrySet()) {
      String key = "kafka.secretProperties." + secret.getKey();
      settings.put(secret.getKey(), secret.getValue().resolve(key).reveal());
    }
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    return settings;
  }

  /**
   * The producer's settings, with the secrets in them: not to be shown.
   *
   * @throws ConfigException if a secret can't be found
   */
  static Map<String, Object> settings(KafkaConfig kafka) throws ConfigException {
    Map<String, Object> settings = client(kafka);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
    // JPEG doesn't get smaller.
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, kafka.lingerMillis());
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, kafka.batchBytes());
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, kafka.bufferBytes());
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, kafka.maxFrameBytes());
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, kafka.maxBlockMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, kafka.deliveryTimeoutMillis());
    settings.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        Math.max(1000, (kafka.deliveryTimeoutMillis() - kafka.lingerMillis()) / 2));
    return settings;
  }
}
