package io.andon.quickstart.bench;

import io.andon.contracts.Decoded;
import io.andon.contracts.ScoreCodec;
import io.andon.contracts.ScoreRecord;
import io.andon.contracts.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads scores back and notes when each arrived. */
final class ScoreTail implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A score's way: when its frame was captured and when the score could be read. */
  record Arrival(long capturedMicros, long arrivedMicros) {}

  private final Consumer<byte[], byte[]> consumer;

  ScoreTail(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                "bench-" + UUID.randomUUID(),
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(Topics.SCORES));
  }

  /**
   * Waits for scores.
   *
   * @throws IllegalStateException if they stop coming: the run is invalid
   */
  List<Arrival> take(int count) {
    List<Arrival> arrivals = new ArrayList<>(count);
    long lastNews = System.nanoTime();
    while (arrivals.size() < count) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Decoded<ScoreRecord> score = ScoreCodec.decode(record.value());
        arrivals.add(
            new Arrival(score.orElseThrow().frame().capturedMicros(), FrameLoad.wallMicros()));
        lastNews = System.nanoTime();
      }
      if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "INVALID RUN: " + arrivals.size() + " scores of " + count + " frames came back");
      }
    }
    return arrivals;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
