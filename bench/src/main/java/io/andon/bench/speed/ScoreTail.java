package io.andon.bench.speed;

import io.andon.contracts.FrameRef;
import io.andon.contracts.ScoreCodec;
import io.andon.contracts.ScoreRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the scores of one topic back and notes when each could be read. Frames of a camera have
 * gap-free numbers, and so must their scores: a count alone would take a score that came twice for
 * that of a frame that was lost.
 */
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
  private final Consumer<byte[], byte[]> consumer;
  private final Map<String, Long> nextSeqs = new HashMap<>();

  ScoreTail(String bootstrapServers, String topic) {
    this(consumer(bootstrapServers, topic), topic);
  }

  ScoreTail(Consumer<byte[], byte[]> consumer, String topic) {
    this.topic = topic;
    this.consumer = consumer;
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList());
  }

  private static Consumer<byte[], byte[]> consumer(String bootstrapServers, String topic) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "client.id",
            "bench-tail-" + topic,
            "auto.offset.reset",
            "earliest"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /**
   * Waits for scores.
   *
   * @throws InvalidRunException if they stop coming, come more than once or leave a frame out
   */
  List<Arrival> take(int count) throws InvalidRunException {
    List<Arrival> arrivals = new ArrayList<>(count);
    long lastNews = System.nanoTime();
    while (arrivals.size() < count) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        ScoreRecord score = ScoreCodec.decode(record.value()).orElseThrow();
        requireNext(score.frame().frame());
        arrivals.add(new Arrival(score, SteadyClock.OF_THIS_PROCESS.micros()));
        lastNews = System.nanoTime();
      }
      if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
        break;
      }
    }
    if (arrivals.size() != count) {
      throw new InvalidRunException(
          "%d scores of %d frames came back on %s".formatted(arrivals.size(), count, topic));
    }
    return arrivals;
  }

  private void requireNext(FrameRef frame) throws InvalidRunException {
    long expected = nextSeqs.getOrDefault(frame.camera(), 0L);
    if (frame.seq() != expected) {
      throw new InvalidRunException(
          "frame %d of %s was to be scored next on %s, %d was %s"
              .formatted(
                  expected,
                  frame.camera(),
                  topic,
                  frame.seq(),
                  frame.seq() < expected ? "once more" : "instead"));
    }
    nextSeqs.put(frame.camera(), expected + 1);
  }

  /**
   * Makes sure that nothing came behind the scores that were waited for.
   *
   * @throws InvalidRunException if more did
   */
  void requireNoMore() throws InvalidRunException {
    long more = 0;
    for (Map.Entry<TopicPartition, Long> end :
        consumer.endOffsets(consumer.assignment()).entrySet()) {
      more += end.getValue() - consumer.position(end.getKey());
    }
    if (more > 0) {
      throw new InvalidRunException(more + " scores too many came back on " + topic);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
