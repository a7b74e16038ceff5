package io.andon.chaos;

import io.andon.chaos.cluster.Cluster;
import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import io.andon.quickstart.job.FlinkFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Configurations of the job that is disturbed and of the one that is left alone. */
final class JobFiles {
  private static final String CALM = "calm.";

  private JobFiles() {}

  static String disturbed(Cluster cluster, boolean exactlyOnce) {
    String kafka =
        "groupId: disturbed, delivery: " + (exactlyOnce ? "exactly_once" : "at_least_once");
    return job(cluster, kafka, archive(cluster), "checkpoints");
  }

  static Path archive(Cluster cluster) {
    return cluster.folder().resolve("archive");
  }

  static String calm(Cluster cluster) {
    StringBuilder topics = new StringBuilder();
    calmTopics()
        .forEach((name, calm) -> topics.append(name).append(": ").append(calm).append(", "));
    String kafka = "groupId: calm, topics: {" + topics + "}";
    return job(cluster, kafka, calmArchive(cluster), "calm-checkpoints");
  }

  static Path calmArchive(Cluster cluster) {
    return cluster.folder().resolve("calm-archive");
  }

  /** Topics of the undisturbed job by their default names: it reads the same and writes others. */
  static Map<String, String> calmTopics() {
    Map<String, String> names = new TreeMap<>();
    for (TopicSpec topic : Topics.all()) {
      if (!topic.name().equals(Topics.FRAMES) && !topic.name().equals(Topics.CONTROL)) {
        names.put(topic.name(), CALM + topic.name());
      }
    }
    return names;
  }

  /** A job as it is by default, on so many TaskManagers that each have one core for the model. */
  static String scaled(Cluster cluster, int parallelism) {
    return """
        kafka: {bootstrapServers: "%s"}
        model: {directory: "%s", parallelBatches: 1}
        archive: {directory: "%s"}
        flink: {parallelism: %d, checkpointIntervalMillis: 10000, checkpointDirectory: "%s"}
        """
        .formatted(
            cluster.bootstrapServers(),
            models(cluster.root()),
            FlinkFolder.of(archive(cluster)),
            parallelism,
            FlinkFolder.of(cluster.folder().resolve("checkpoints")));
  }

  private static String job(Cluster cluster, String kafka, Path archive, String checkpoints) {
    return """
        kafka: {bootstrapServers: "%s", %s}
        model: {directory: "%s"}
        detection: {falseAlarmsPerDay: 100, warmUpMillis: 25000, warmUpFrames: 100, learnDelayMillis: 3000}
        archive: {directory: "%s", intervalMillis: 5000}
        flink: {parallelism: 1, checkpointIntervalMillis: 3000, checkpointDirectory: "%s"}
        """
        .formatted(
            cluster.bootstrapServers(),
            kafka,
            models(cluster.root()),
            FlinkFolder.of(archive),
            FlinkFolder.of(cluster.folder().resolve(checkpoints)));
  }

  private static Path models(Path root) {
    String configured = System.getenv("ANDON_MODELS");
    return configured == null ? root.resolve(".cache/models") : Path.of(configured);
  }
}
