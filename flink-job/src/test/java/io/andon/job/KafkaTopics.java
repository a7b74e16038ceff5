package io.andon.job;

import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import io.andon.job.frames.RawRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** All of Andon's topics of one installation, as strangers write and read them. */
final class KafkaTopics {
  /** Their records are years old by their timestamps: no retention while a test runs. */
  static final Map<String, String> BROKER = Map.of("log.initial.task.delay.ms", "3600000");

  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String bootstrapServers;
  private final String prefix;

  KafkaTopics(String bootstrapServers, String prefix) {
    this.bootstrapServers = bootstrapServers;
    this.prefix = prefix;
  }

  /** Makes every topic with the settings of its specification. */
  void create() throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    for (TopicSpec spec : Topics.all()) {
      topics.add(new NewTopic(name(spec.name()), PARTITIONS, (short) 1).configs(spec.settings()));
    }
    create(topics);
  }

  void create(List<NewTopic> topics) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(topics).all().get();
      List<String> names = topics.stream().map(NewTopic::name).toList();
      // A broker knows a topic a moment after it is made.
      Awaitility.await("topics")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> admin.describeTopics(names).allTopicNames().get().size() == names.size());
    }
  }

  String name(String defaultName) {
    return prefix + defaultName;
  }

  /** The part of a job's configuration that names broker and topics. */
  String yaml() {
    StringBuilder yaml = new StringBuilder("  bootstrapServers: ").append(bootstrapServers);
    yaml.append("\n  groupId: ").append(prefix).append("job\n  topics:\n");
    for (TopicSpec spec : Topics.all()) {
      yaml.append("    ").append(spec.name()).append(": ").append(name(spec.name())).append('\n');
    }
    return yaml.toString();
  }

  /** Writes records with their own timestamps. */
  void write(String topic, List<RawRecord> records) throws Exception {
    List<Future<?>> written = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (RawRecord raw : records) {
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(name(topic), null, raw.timestampMillis(), raw.key(), raw.value());
        for (int i = 0; i < raw.headerNames().length; i++) {
          record.headers().add(raw.headerNames()[i], raw.headerValues()[i]);
        }
        written.add(producer.send(record));
      }
      for (Future<?> each : written) {
        each.get();
      }
    }
  }

  /**
   * Reads a topic from its beginning until what was read is enough, with committed records only.
   */
  List<ConsumerRecord<byte[], byte[]>> read(
      String topic, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (int i = 0; i < PARTITIONS; i++) {
        partitions.add(new TopicPartition(name(topic), i));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Awaitility.await(topic)
          .pollInSameThread()
          .atMost(PATIENCE)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(read::add);
                return enough.test(read);
              });
    }
    return read;
  }
}
