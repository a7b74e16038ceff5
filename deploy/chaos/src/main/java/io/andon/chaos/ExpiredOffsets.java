package io.andon.chaos;

import io.andon.chaos.cluster.Cluster;
import io.andon.chaos.cluster.Scrape;
import io.andon.chaos.fault.Stage;
import io.andon.chaos.ledger.ArchiveBits;
import io.andon.chaos.ledger.Findings;
import io.andon.chaos.ledger.Ledger;
import io.andon.chaos.ledger.RecordedFrame;
import io.andon.contracts.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Frames expire by the topic's retention while the job is stopped: it goes on with the earliest
 * that are left, and counts those that are not.
 */
final class ExpiredOffsets {
  static final String NAME = "offsets-expired";
  private static final int FRAMES = 60;
  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final String MISSING = "andon_missing_frames_total";

  private final Stage stage;
  private final Cluster cluster;
  private final ChaosRound round;

  /**
   * @param round has run, and compared
   */
  ExpiredOffsets(Stage stage, ChaosRound round) {
    this.stage = stage;
    this.cluster = stage.cluster();
    this.round = round;
  }

  /** What was wrong, and how long it took until the frames that are left were scored. */
  record Outcome(Findings findings, ChaosRound.Recovery recovery) {}

  Outcome run() throws Exception {
    long sentBefore = stage.feed().sent();
    stage.feed().sendMore(FRAMES);
    long expired = stage.feed().sent() - sentBefore;
    expireAll();
    stage.feed().sendMore(FRAMES);
    List<RecordedFrame> left = RecordedFrame.all(cluster.bootstrapServers());
    double missingBefore = Scrape.sum(cluster.ports(), MISSING);
    long since = Stage.now();
    Ledger disturbed = resume(cluster.config(), round.lastSavepoint(), Map.of(), left);
    ChaosRound.Recovery recovery = new ChaosRound.Recovery(NAME, Stage.now() - since);
    double missing = Scrape.sum(cluster.ports(), MISSING) - missingBefore;
    Ledger calm =
        resume(
            round.calmJob().config(), round.calmJob().lastSavepoint(), JobFiles.calmTopics(), left);
    Findings found =
        Findings.of(
            left,
            disturbed,
            calm,
            ArchiveBits.of(JobFiles.archive(cluster)),
            ArchiveBits.of(JobFiles.calmArchive(cluster)));
    return new Outcome(accounted(found, expired, missing), recovery);
  }

  private static Findings accounted(Findings found, long expired, double missing) {
    List<String> lost = new ArrayList<>(found.lost());
    if (missing != expired) {
      lost.add(expired + " frames expired and " + missing + " were counted as missing");
    }
    Map<String, Integer> setAside = new HashMap<>(found.setAside());
    setAside.put("expired", (int) missing);
    return found.with(lost, setAside);
  }

  private Ledger resume(
      Path config, String savepoint, Map<String, String> topics, List<RecordedFrame> frames)
      throws Exception {
    Ledger ledger = new Ledger(cluster.bootstrapServers(), topics);
    try (ledger) {
      String job = cluster.submit(cluster.jar(), config, "-s", savepoint);
      Stage.await(
          "the frames that are left are scored",
          PATIENCE,
          () -> frames.stream().allMatch(frame -> ledger.isScored(frame.key())));
      cluster.stopWithSavepoint(job);
    }
    return ledger;
  }

  /** By the retention itself, which Kafka carries out in its own time. */
  private void expireAll() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      retain(admin, OpType.SET);
      Stage.await("all frames expire", PATIENCE, () -> frames(admin) == 0);
      retain(admin, OpType.DELETE);
    }
  }

  /** Sets a retention of a millisecond, or takes it back to the broker's own. */
  private static void retain(Admin admin, OpType operation) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.FRAMES);
    AlterConfigOp change = new AlterConfigOp(new ConfigEntry("retention.ms", "1"), operation);
    admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
  }

  private static long frames(Admin admin) throws Exception {
    long count = 0;
    int partitions =
        admin
            .describeTopics(List.of(Topics.FRAMES))
            .allTopicNames()
            .get()
            .values()
            .iterator()
            .next()
            .partitions()
            .size();
    for (int i = 0; i < partitions; i++) {
      TopicPartition partition = new TopicPartition(Topics.FRAMES, i);
      count += offset(admin, partition, OffsetSpec.latest());
      count -= offset(admin, partition, OffsetSpec.earliest());
    }
    return count;
  }

  private static long offset(Admin admin, TopicPartition partition, OffsetSpec which)
      throws Exception {
    return admin.listOffsets(Map.of(partition, which)).partitionResult(partition).get().offset();
  }
}
