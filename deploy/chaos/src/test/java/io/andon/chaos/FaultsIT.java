package io.andon.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.chaos.cluster.Cluster;
import io.andon.chaos.cluster.Shell;
import io.andon.chaos.fault.KillTaskManager;
import io.andon.chaos.fault.Stage;
import io.andon.chaos.fault.UpgradeState;
import io.andon.chaos.ledger.Findings;
import io.andon.chaos.load.Reel;
import io.andon.contracts.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The quickest faults, and what a cluster refuses, on real processes with the real model. One story
 * on one cluster, so the order counts; scripts/chaos inflicts every fault.
 */
@Timeout(value = 40, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long SEED = 3;

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all
  private static Rig rig;

  @SuppressWarnings("NullAway.Init") // set before all
  private static ChaosRound round;

  @BeforeAll
  static void start() throws Exception {
    rig = Rig.start(ROOT, folder.resolve("cluster"), Reel.render(SEED), true);
    round = new ChaosRound(rig, System.out::println);
  }

  @AfterAll
  static void stop() {
    if (rig != null) {
      rig.close();
    }
  }

  @Test
  @Order(1)
  void aKilledTaskManagerAndAnUpgradeLoseNothingAndTellNothingTwice() throws Exception {
    round.inflict(List.of(new KillTaskManager(), new UpgradeState()));

    Findings found = round.compare();

    assertThat(found.lost()).isEmpty();
    assertThat(found.different()).isEmpty();
    assertThat(found.contradictions()).isEmpty();
    assertThat(found.redelivered()).isZero();
    assertThat(found.scored()).isEqualTo(found.frames()).isGreaterThan(300);
    assertThat(found.incidentEvents()).isPositive();
    assertThat(found.baselines()).isPositive();
  }

  @Test
  @Order(2)
  void refusesStateOfALaterVersionForGoodAndSaysOfWhichCameras() throws Exception {
    Path jar = ROOT.resolve("deploy/flink/target/andon-job.jar");
    String job = cluster().submit(jar, cluster().config(), "-s", round.lastSavepoint());

    Stage.await(
        "the job fails",
        PATIENCE,
        () -> cluster().rest().state(job).filter("FAILED"::equals).isPresent());
    assertThat(cluster().rest().failure(job))
        .contains("the state can't be read")
        .contains("camera numbered-conveyor: ")
        .contains("camera numbered-press: ")
        .contains("version 2, this job reads version 1");
  }

  @Test
  @Order(3)
  void refusesAConfigurationWithEveryErrorAtOnce() throws Exception {
    assertRefused(
        """
        kafka: {bootstrapServers: 5, groupId: "", delivery: sometimes}
        model: {maxBatch: 0}
        flink: {parallelism: 1000}
        """,
        "5 problems",
        "kafka.bootstrapServers",
        "kafka.groupId",
        "kafka.delivery",
        "model.maxBatch",
        "flink.parallelism");
  }

  @Test
  @Order(4)
  void refusesAMissingModelAndUnfitTopicsAtOnce() throws Exception {
    try (Admin admin = admin()) {
      NewTopic small = new NewTopic("small.frames", 1, (short) 1);
      admin.createTopics(List.of(small.configs(Map.of("max.message.bytes", "1000")))).all().get();
    }
    assertRefused(
        """
        kafka: {bootstrapServers: "%s", topics: {%s: small.frames, %s: no.such.topic}}
        model: {id: no-such-model}
        flink: {parallelism: 2}
        """
            .formatted(cluster().bootstrapServers(), Topics.FRAMES, Topics.HEALTH),
        "no-such-model",
        "topic small.frames has 1 partitions, parallelism 2",
        "topic small.frames takes 1000 bytes a message",
        "topic no.such.topic is missing");
  }

  private static void assertRefused(String yaml, String... reasons) throws Exception {
    Path config = Files.writeString(folder.resolve("refused.yaml"), yaml);
    Set<String> topics = topics();

    Shell.Result result =
        cluster().flink("run", "-d", "" + cluster().jar(), "--config", "" + config);

    assertThat(result.status()).isNotZero();
    assertThat(result.output()).contains(reasons);
    assertThat(cluster().rest().job()).as("nothing was submitted").isEmpty();
    assertThat(topics()).isEqualTo(topics);
  }

  private static Set<String> topics() throws Exception {
    try (Admin admin = admin()) {
      return admin.listTopics().names().get();
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", cluster().bootstrapServers()));
  }

  private static Cluster cluster() {
    return rig.stage().cluster();
  }
}
