package io.andon.bench.speed;

import io.andon.contracts.Decoded;
import io.andon.contracts.ScoreCodec;
import io.andon.contracts.ScoreRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the scores of one topic back and notes when each could be read. */
final class ScoreTail implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A score, and when it could be read. */
  record Arrival(ScoreRecord score, long arrivedMicros) {
    long latencyMicros() {
      return arrivedMicros - score.frame().capturedMicros();
    }
  }

  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;

  ScoreTail(String bootstrapServers, String topic) {
    this.topic = topic;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "client.id",
                "bench-tail-" + topic,
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList());
  }

  /**
   * Waits for scores.
   *
   * @throws InvalidRunException if they stop coming, or come more than once
   */
  List<Arrival> take(int count) throws InvalidRunException {
    List<Arrival> arrivals = new ArrayList<>(count);
    read(
        count,
        record -> {
          Decoded<ScoreRecord> score = ScoreCodec.decode(record.value());
          arrivals.add(new Arrival(score.orElseThrow(), FrameLoad.wallMicros()));
        });
    return arrivals;
  }

  /** The same without a look at them. */
  void skip(int count) throws InvalidRunException {
    read(count, record -> {});
  }

  private void read(int count, Consumer<ConsumerRecord<byte[], byte[]>> each)
      throws InvalidRunException {
    int read = 0;
    long lastNews = System.nanoTime();
    while (read < count) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        each.accept(record);
        read++;
        lastNews = System.nanoTime();
      }
      if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
        break;
      }
    }
    if (read != count) {
      throw new InvalidRunException(
          "%d scores of %d frames came back on %s".formatted(read, count, topic));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
