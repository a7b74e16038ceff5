package io.andon.ingest.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.andon.broker.EmbeddedBroker;
import io.andon.config.ConfigException;
import io.andon.config.ConfigLoader;
import io.andon.contracts.CapturedFrame;
import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import io.andon.contracts.ScoreCodec;
import io.andon.contracts.ScoreRecord;
import io.andon.ingest.kafka.ScoreConsumers;
import io.andon.ingest.settings.IngestConfig;
import io.andon.ingest.settings.KafkaConfig;
import io.andon.ingest.settings.OverloadConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch on a real broker, whose clients keep what they know of a topic for minutes. */
class ScoreWatchIT {
  private static final String TOPIC = "scores";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private final AtomicLong nowMillis = new AtomicLong(1_000_000);
  private final OverloadPolicy policy =
      new OverloadPolicy(
          new OverloadConfig(true, TOPIC, 10_000, 2_000, 0.1), () -> nowMillis.get() * 1_000_000);

  @Test
  void scoresInPartitionsThatAreAddedAreReadSoon() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, Map.of());
        Admin admin = Admin.create(settings(broker));
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                settings(broker), new ByteArraySerializer(), new ByteArraySerializer())) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
      ScoreWatch watch =
          new ScoreWatch(ScoreConsumers.create(kafka(broker)), TOPIC, Set.of("mine"), policy);
      Thread thread = new Thread(watch, "scores");
      thread.start();
      await().atMost(PATIENCE).until(watch::isReadable);
      policy.sent(new FrameMetadata("mine", 1, ClockSource.SENDER, 1, 0, 64, 48, Set.of()));
      nowMillis.addAndGet(50);
      admin.createPartitions(Map.of(TOPIC, NewPartitions.increaseTo(2))).all().get();

      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                nowMillis.addAndGet(1);
                producer.send(new ProducerRecord<>(TOPIC, 1, new byte[0], score())).get();
                return policy.lagMillis() >= 50;
              });
      watch.close();
      thread.join(PATIENCE.toMillis());
      assertThat(thread.isAlive()).isFalse();
    }
  }

  private static Map<String, Object> settings(EmbeddedBroker broker) {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private static KafkaConfig kafka(EmbeddedBroker broker) throws ConfigException {
    String yaml =
        "kafka: {bootstrapServers: \""
            + broker.bootstrapServers()
            + "\"}\ncameras: [{id: mine, url: \"rtsp://cam/live\"}]\n";
    return ConfigLoader.load(yaml, "test", IngestConfig.SCHEMA, IngestConfig.class).kafka();
  }

  private static byte[] score() {
    return ScoreCodec.encode(
            new ScoreRecord(
                new CapturedFrame(new FrameRef("frames", 0, 0, "mine", 1, 0), 1),
                0,
                1,
                ScoreRecord.State.NORMAL,
                1,
                Map.of()))
        .value();
  }
}
