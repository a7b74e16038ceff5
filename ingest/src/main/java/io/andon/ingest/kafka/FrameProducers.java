package io.andon.ingest.kafka;

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
   * @throws org.apache.kafka.common.KafkaException if a client setting or a secret is refused
   */
  public static Producer<byte[], byte[]> create(KafkaConfig kafka) {
    return new KafkaProducer<>(
        settings(kafka), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Map<String, Object> settings(KafkaConfig kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.connection().clientProperties());
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
