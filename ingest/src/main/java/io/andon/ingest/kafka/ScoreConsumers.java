package io.andon.ingest.kafka;

import io.andon.ingest.settings.KafkaConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes the consumer of scores: no group, no offsets kept. */
public final class ScoreConsumers {
  /**
   * Age at which what is known of the topic is asked for anew: scores in a partition that was added
   * are missed until then, and the cameras that they are of look late.
   */
  private static final String TOPIC_MILLIS = "2000";

  private ScoreConsumers() {}

  /**
   * Makes a consumer; it connects when it is used.
   *
   * @throws org.apache.kafka.common.KafkaException if a client setting or a secret is refused
   */
  public static Consumer<byte[], byte[]> create(KafkaConfig kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.connection().clientProperties());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, TOPIC_MILLIS);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
