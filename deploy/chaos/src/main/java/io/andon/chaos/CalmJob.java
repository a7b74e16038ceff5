package io.andon.chaos;

import io.andon.chaos.cluster.Cluster;
import io.andon.chaos.fault.Stage;
import io.andon.chaos.ledger.Ledger;
import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The same job over the same recorded topic, from its beginning, with nobody disturbing it. */
final class CalmJob {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final short ONE_REPLICA = 1;

  private final Cluster cluster;
  private String lastSavepoint = "";

  CalmJob(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Runs it until it has scored or set aside all frames.
   *
   * @param frames how many there are
   * @param setAside how many of them the disturbed job set aside
   * @return what it wrote, read to the end
   */
  Ledger run(int frames, int setAside) throws Exception {
    createTopics();
    Path config = config();
    Files.writeString(config, JobFiles.calm(cluster));
    Ledger ledger = new Ledger(cluster.bootstrapServers(), JobFiles.calmTopics());
    try (ledger) {
      Path jar = cluster.root().resolve("deploy/flink/target/andon-job.jar");
      String job = cluster.submit(jar, config);
      Stage.await(
          "the undisturbed job is done", PATIENCE, () -> ledger.scored("") + setAside >= frames);
      lastSavepoint = cluster.stopWithSavepoint(job);
    }
    return ledger;
  }

  Path config() {
    return cluster.folder().resolve("calm.yaml");
  }

  /** With which it ended. */
  String lastSavepoint() {
    return lastSavepoint;
  }

  private void createTopics() throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    for (TopicSpec spec : Topics.all()) {
      String name = JobFiles.calmTopics().get(spec.name());
      if (name != null) {
        topics.add(new NewTopic(name, spec.partitions(), ONE_REPLICA).configs(spec.settings()));
      }
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      admin.createTopics(topics).all().get();
    }
  }
}
