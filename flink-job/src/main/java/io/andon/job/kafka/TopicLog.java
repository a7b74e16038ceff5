package io.andon.job.kafka;

import io.andon.job.frames.RawRecord;
import io.andon.kafka.ClientProblem;
import io.andon.kafka.KafkaConnection;
import io.andon.kafka.KafkaFailure;
import io.andon.kafka.TlsProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what lies on topics, by offset or by time and only up to what is there when it begins,
 * without joining a group or moving its offsets. Used by one thread.
 */
public final class TopicLog implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 15_000;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int IDLE_POLLS = 2 * TIMEOUT_MILLIS / (int) POLL.toMillis();

  private final String bootstrapServers;
  private final KafkaFailure failure;
  private final KafkaConsumer<byte[], byte[]> consumer;

  private TopicLog(KafkaConnection connection, KafkaConsumer<byte[], byte[]> consumer) {
    this.bootstrapServers = connection.bootstrapServers();
    this.failure = new KafkaFailure(connection);
    this.consumer = consumer;
  }

  /**
   * Opens a reader.
   *
   * @throws TopicLogException if a client property is wrong, or a broker speaks TLS unasked
   */
  public static TopicLog open(KafkaSettings settings) throws TopicLogException {
    Optional<String> mistaken = TlsProbe.mistaken(settings.connection());
    if (mistaken.isPresent()) {
      throw new TopicLogException(KafkaFailure.speaksTls(mistaken.get()));
    }
    Properties properties = settings.clientProperties();
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "none");
    properties.put("allow.auto.create.topics", "false");
    properties.put("default.api.timeout.ms", Integer.toString(TIMEOUT_MILLIS));
    properties.put("request.timeout.ms", Integer.toString(TIMEOUT_MILLIS));
    try {
      return new TopicLog(
          settings.connection(),
          new KafkaConsumer<>(
              properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    } catch (KafkaException e) {
      throw new TopicLogException("the Kafka client can't be made: " + ClientProblem.text(e));
    }
  }

  /**
   * What lies on a partition.
   *
   * @param first offset of the first record
   * @param next offset that the next record will have
   */
  public record Extent(long first, long next) {}

  /**
   * What lies on a partition now.
   *
   * @throws TopicLogException if the broker doesn't answer or has no such partition
   */
  public Extent extent(String topic, int partition) throws TopicLogException {
    TopicPartition of = new TopicPartition(topic, partition);
    try {
      if (!partitions(topic).contains(of)) {
        throw new TopicLogException("topic " + topic + " has no partition " + partition);
      }
      return new Extent(
          offset(consumer.beginningOffsets(List.of(of)), of),
          offset(consumer.endOffsets(List.of(of)), of));
    } catch (KafkaException e) {
      throw failed(topic, e);
    }
  }

  private static long offset(Map<TopicPartition, Long> offsets, TopicPartition of) {
    Long offset = offsets.get(of);
    if (offset == null) {
      throw new IllegalStateException("the broker's answer leaves out " + of);
    }
    return offset;
  }

  /**
   * Reads a part of a partition in order.
   *
   * @param from first offset
   * @param to last offset
   * @param visitor sees each record; false ends the reading
   * @throws TopicLogException if the broker doesn't answer or the records are gone
   */
  public void read(String topic, int partition, long from, long to, Predicate<RawRecord> visitor)
      throws TopicLogException {
    TopicPartition of = new TopicPartition(topic, partition);
    try {
      consumer.assign(List.of(of));
      consumer.seek(of, from);
      long end = Math.min(to + 1, offset(consumer.endOffsets(List.of(of)), of));
      drain(Map.of(of, end), topic, record -> record.offset() > to || visitor.test(record));
    } catch (KafkaException e) {
      throw failed(topic, e);
    }
  }

  /**
   * Reads all of a topic's records that were written at a time or later, each partition in order.
   *
   * @param fromMillis Kafka timestamp, milliseconds since the epoch
   * @throws TopicLogException if the broker doesn't answer or has no such topic
   */
  public void scan(String topic, long fromMillis, Consumer<RawRecord> visitor)
      throws TopicLogException {
    try {
      List<TopicPartition> partitions = partitions(topic);
      Map<TopicPartition, Long> asked = new HashMap<>();
      partitions.forEach(each -> asked.put(each, Math.max(0, fromMillis)));
      Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(asked);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      for (TopicPartition each : partitions) {
        OffsetAndTimestamp begin = begins.get(each);
        consumer.seek(each, begin == null ? offset(ends, each) : begin.offset());
      }
      drain(
          ends,
          topic,
          record -> {
            visitor.accept(record);
            return true;
          });
    } catch (KafkaException e) {
      throw failed(topic, e);
    }
  }

  private List<TopicPartition> partitions(String topic) throws TopicLogException {
    List<TopicPartition> partitions = new ArrayList<>();
    consumer
        .partitionsFor(topic)
        .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    if (partitions.isEmpty()) {
      throw new TopicLogException("topic " + topic + " is missing on " + bootstrapServers);
    }
    return partitions;
  }

  private void drain(Map<TopicPartition, Long> ends, String topic, Predicate<RawRecord> visitor)
      throws TopicLogException {
    int idle = 0;
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      idle = polled.isEmpty() ? idle + 1 : 0;
      if (idle > IDLE_POLLS) {
        throw new TopicLogException(
            "topic " + topic + " on " + bootstrapServers + " gave no record for too long");
      }
      for (ConsumerRecord<byte[], byte[]> record : polled) {
        if (!visitor.test(RawRecordReader.rawRecord(record, 0))) {
          return;
        }
      }
    }
  }

  private TopicLogException failed(String topic, KafkaException e) {
    return new TopicLogException(
        "topic %s on %s can't be read: %s"
            .formatted(topic, bootstrapServers, failure.explain(e).orElse(String.valueOf(e))));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
