package io.andon.job.config;

import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.config.ConfigLoader;
import io.andon.config.SecretRef;
import io.andon.config.SelfChecked;
import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import io.andon.job.archive.ArchiveDirectory;
import io.andon.kafka.BootstrapServers;
import io.andon.kafka.KafkaSecurity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.jspecify.annotations.Nullable;

/**
 * A job's configuration, as {@code job.schema.json} describes it: types, ranges, defaults and
 * meanings are there.
 */
public record JobConfig(
    Kafka kafka,
    Model model,
    Frames frames,
    Detection detection,
    Archive archive,
    Flink flink,
    Metrics metrics,
    boolean embeddings)
    implements SelfChecked {
  private static final String SCHEMA = "io/andon/job/job.schema.json";

  /** Client settings that the job decides, and what decides them. */
  private static final Map<String, String> RESERVED =
      Map.ofEntries(
          Map.entry("bootstrap.servers", "kafka.bootstrapServers says it"),
          Map.entry("group.id", "kafka.groupId says it"),
          Map.entry("client.id", "made of kafka.groupId"),
          Map.entry("client.id.prefix", "made of kafka.groupId"),
          Map.entry("partition.discovery.interval.ms", "always 10 s"),
          Map.entry("enable.idempotence", "always: a camera's events keep their order"),
          Map.entry("partitioner.class", "always by camera: its records keep their order"),
          Map.entry("transactional.id", "made of kafka.transactionalIdPrefix"),
          Map.entry("transaction.timeout.ms", "kafka.transactionTimeoutMillis says it"),
          Map.entry("acks", "always all: no event is lost with a broker"),
          Map.entry("linger.ms", "the job sets it for each topic"),
          Map.entry("auto.offset.reset", "always earliest: no frame is skipped"),
          Map.entry("enable.auto.commit", "offsets are committed with checkpoints"),
          Map.entry("allow.auto.create.topics", "topics are made by 'topics'"),
          Map.entry("key.serializer", "bytes"),
          Map.entry("value.serializer", "bytes"),
          Map.entry("key.deserializer", "bytes"),
          Map.entry("value.deserializer", "bytes"));

  /**
   * Loads a configuration file.
   *
   * @throws ConfigException with every problem at once
   */
  public static JobConfig load(Path file) throws ConfigException {
    return ConfigLoader.load(file, SCHEMA, JobConfig.class);
  }

  /**
   * Loads a configuration from text.
   *
   * @param sourceName what messages call it
   * @throws ConfigException with every problem at once
   */
  public static JobConfig parse(String yaml, String sourceName) throws ConfigException {
    return ConfigLoader.load(yaml, sourceName, SCHEMA, JobConfig.class);
  }

  /** The same with other brokers. */
  public JobConfig withBootstrapServers(String servers) {
    return new JobConfig(
        new Kafka(
            servers,
            kafka.groupId,
            kafka.security,
            kafka.properties,
            kafka.secrets,
            kafka.topics,
            kafka.delivery,
            kafka.transactionalIdPrefix,
            kafka.transactionTimeoutMillis),
        model,
        frames,
        detection,
        archive,
        flink,
        metrics,
        embeddings);
  }

  @Override
  public List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    if (kafka.delivery == Delivery.EXACTLY_ONCE) {
      problems.addAll(
          TransactionLimits.problems(
              kafka.transactionTimeoutMillis, flink.checkpointIntervalMillis));
    }
    addUnusableFolders(problems);
    problems.addAll(BootstrapServers.problems("kafka.bootstrapServers", kafka.bootstrapServers));
    problems.addAll(
        kafka.security.problems(
            "kafka.security",
            Map.of(
                "kafka.properties", kafka.properties.keySet(),
                "kafka.secrets", kafka.secrets.keySet())));
    for (String name : kafka.secrets.keySet()) {
      if (kafka.properties.containsKey(name)) {
        problems.add(new Problem("kafka.secrets." + name, "", "is in kafka.properties too"));
      }
    }
    new TreeMap<>(kafka.properties)
        .forEach((name, value) -> addReserved("kafka.properties.", name, value, problems));
    new TreeSet<>(kafka.secrets.keySet())
        .forEach(name -> addReserved("kafka.secrets.", name, "", problems));
    addSharedTopics(problems);
    if (model.precision == Precision.BF16 && model.device == Device.GPU) {
      problems.add(new Problem("model.precision", "bf16", "fp32 where model.device is gpu"));
    }
    return problems;
  }

  private static void addReserved(
      String section, String name, String value, List<Problem> problems) {
    String decidedBy = RESERVED.get(name);
    if (decidedBy != null) {
      problems.add(new Problem(section + name, value, "leave it out: " + decidedBy));
    }
  }

  /**
   * Folders are used by other processes than this one, each with a working directory of its own.
   */
  private void addUnusableFolders(List<Problem> problems) {
    if (archive.directory != null && !ArchiveDirectory.isUsable(archive.directory)) {
      problems.add(new Problem("archive.directory", archive.directory, ArchiveDirectory.USABLE));
    }
    String checkpoints = flink.checkpointDirectory;
    if (checkpoints == null) {
      return;
    }
    try {
      new FileSystemCheckpointStorage(checkpoints);
    } catch (IllegalArgumentException e) {
      String allowed = "a URI with scheme and folder, such as file:///var/lib/andon/checkpoints";
      problems.add(new Problem("flink.checkpointDirectory", checkpoints, allowed));
    }
  }

  /** One topic for two purposes would have its records set aside, by one of them at least. */
  private void addSharedTopics(List<Problem> problems) {
    Map<String, String> purposes = new HashMap<>();
    for (TopicSpec topic : Topics.all()) {
      String purpose = topic.name();
      String name = kafka.topics.getOrDefault(purpose, purpose);
      String other = purposes.putIfAbsent(name, purpose);
      if (other != null) {
        String told = kafka.topics.containsKey(purpose) ? purpose : other;
        problems.add(
            new Problem(
                "kafka.topics." + told,
                name,
                "a name that no other topic has; " + other + " and " + purpose + " share it"));
      }
    }
  }

  /** How incidents are written. */
  public enum Delivery {
    AT_LEAST_ONCE,
    EXACTLY_ONCE
  }

  /** Arithmetic of the model. */
  public enum Precision {
    FP32,
    BF16
  }

  /** Where the model runs. */
  public enum Device {
    CPU,
    GPU,
    AUTO
  }

  /** Where Flink keeps state while a job runs. */
  public enum StateBackend {
    HASHMAP,
    ROCKSDB
  }

  /** The {@code kafka} section. */
  public record Kafka(
      String bootstrapServers,
      String groupId,
      KafkaSecurity security,
      Map<String, String> properties,
      Map<String, SecretRef> secrets,
      Map<String, String> topics,
      Delivery delivery,
      String transactionalIdPrefix,
      int transactionTimeoutMillis) {}

  /** The {@code model} section. */
  public record Model(
      @Nullable String directory,
      String id,
      Precision precision,
      Device device,
      int maxBatch,
      int threads,
      int parallelBatches,
      int decodeThreads) {}

  /** The {@code frames} section. */
  public record Frames(
      int maxRecordBytes,
      int maxAheadMillis,
      int maxBehindMillis,
      int disorderMillis,
      int idleMillis,
      int maxInFlight,
      int flushDeadlineMillis) {}

  /** The {@code detection} section. */
  public record Detection(
      double falseAlarmsPerDay,
      int warmUpMillis,
      int warmUpFrames,
      int learnDelayMillis,
      int silenceMillis,
      int sceneAdoptMillis,
      Cycles cycles,
      Profile profile,
      int maxLiveCameras) {}

  /** How much memory and time a camera may take. */
  public enum Profile {
    STANDARD,
    QUALITY
  }

  /** Whether the cycles of machines are looked for. */
  public enum Cycles {
    AUTO,
    OFF
  }

  /** The {@code archive} section. */
  public record Archive(
      @Nullable String directory, int intervalMillis, int retentionMillis, int maxPerCamera) {}

  /** The {@code flink} section. */
  public record Flink(
      int parallelism,
      int checkpointIntervalMillis,
      @Nullable String checkpointDirectory,
      StateBackend stateBackend) {}

  /** The {@code metrics} section. */
  public record Metrics(String host, int port, int maxLabelledCameras) {}
}
