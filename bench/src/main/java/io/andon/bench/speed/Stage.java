package io.andon.bench.speed;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What CPU time is spent on, in the order of the data flow. */
enum Stage {
  /** Reading records from Kafka and parsing them. */
  FETCH,
  /** JPEG to pixels, on whatever thread. */
  DECODE,
  /** The model, DJL and the threads that feed it, TensorFlow's own threads included. */
  EMBED,
  /** Serialisation between tasks, and what else Flink does for the job. */
  SHUFFLE,
  /** Detection itself. */
  DETECT,
  /** Snapshots of detectors and checkpoints. */
  STATE,
  /** Events to bytes and to Kafka. */
  SINKS,
  /** Garbage collection and the JVM's own upkeep. */
  JVM,
  /** JIT compilation of everything in the process; it ends after minutes. */
  COMPILER,
  /** Broker, load generator and reader of the scores: not the job's. */
  SURROUNDINGS;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private record Rule(String prefix, Stage stage) {}

  private static final List<Rule> THREADS =
      List.of(
          new Rule("embed-", EMBED),
          new Rule("Source Data Fetcher", FETCH),
          new Rule("kafka-producer-network-thread | bench-load", SURROUNDINGS),
          new Rule("kafka-producer-network-thread", SINKS),
          new Rule("Source: ", FETCH),
          new Rule("detect", DETECT),
          new Rule("dead-letters", SINKS),
          new Rule("snapshot-archive", STATE),
          new Rule("Time Trigger", SHUFFLE),
          new Rule("System Time Trigger", SHUFFLE),
          new Rule("SourceCoordinator", SHUFFLE),
          new Rule("AsyncOperations", STATE),
          new Rule("jobmanager-io", STATE),
          new Rule("jobmanager_", SHUFFLE),
          new Rule("Flink", SHUFFLE),
          new Rule("flink", SHUFFLE),
          new Rule("pekko", SHUFFLE),
          new Rule("Checkpoint", STATE),
          new Rule("data-plane", SURROUNDINGS),
          new Rule("main", SURROUNDINGS),
          new Rule("load", SURROUNDINGS));

  /** The stage of a Java thread by its name; a task's thread is split further by samples. */
  static Stage ofThread(String name) {
    return THREADS.stream()
        .filter(rule -> name.startsWith(rule.prefix))
        .map(Rule::stage)
        .findFirst()
        .orElse(SURROUNDINGS);
  }

  private static final Set<String> KEEPERS =
      Set.of("io.andon.job.detect.CameraCache", "io.andon.job.archive.SnapshotArchive");

  private static final List<Rule> FRAMES =
      List.of(
          new Rule("io.andon.detection.", DETECT),
          new Rule("io.andon.embedding.flink.EmbedOperator", SHUFFLE),
          new Rule("io.andon.embedding.flink.EmbeddedFrameSerializer", SHUFFLE),
          new Rule("io.andon.job.frames.", FETCH),
          new Rule("io.andon.job.events.", SINKS),
          new Rule("io.andon.job.kafka.OutboundWriter", SINKS),
          new Rule("org.apache.flink.connector.kafka.sink.", SINKS),
          new Rule("org.apache.kafka.clients.producer.", SINKS),
          new Rule("org.apache.flink.connector.kafka.source.", FETCH),
          new Rule("org.apache.flink.runtime.state.", STATE));

  /**
   * The stage of a sample of a task's thread.
   *
   * @param classes classes of the stack's frames, innermost first
   */
  static Stage ofStack(List<String> classes) {
    if (classes.stream().anyMatch(KEEPERS::contains)) {
      return STATE;
    }
    for (String name : classes) {
      for (Rule rule : FRAMES) {
        if (name.startsWith(rule.prefix)) {
          return rule.stage;
        }
      }
    }
    return SHUFFLE;
  }
}
