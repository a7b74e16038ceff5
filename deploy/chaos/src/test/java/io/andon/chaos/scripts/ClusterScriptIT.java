package io.andon.chaos.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.chaos.cluster.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code scripts/cluster} says and refuses. The scripts are the real ones, every JVM is one
 * that sleeps.
 */
@Timeout(600)
class ClusterScriptIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Path HOME = Path.of("../flink/src/home");

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private ScriptFolder scripts;

  @BeforeEach
  void checkout() throws IOException {
    scripts = ScriptFolder.in(folder);
    try (Stream<Path> files = Files.list(HOME.resolve("conf"))) {
      for (Path file : files.toList()) {
        scripts.write(
            "deploy/flink/target/flink/conf/" + file.getFileName(), Files.readString(file));
      }
    }
    scripts.write("deploy/flink/target/flink/lib/flink.jar", "built first");
    scripts.write("deploy/flink/target/andon-job.jar", "");
    scripts.write("deploy/quickstart/target/dependencies", "a.jar");
    scripts.program(
        "java",
        """
        cd %s
        job=job-of-$(cat run/cluster/pid/jobmanager.pid 2>/dev/null) || job=none
        case "$*" in
          *BashJavaUtils*) printf 'BASH_JAVA_UTILS_EXEC_RESULT:-Xmx%%s\\n' 1m 1m; exit ;;
          *BrokerProcess*) [ ! -e no-broker ] || exit 1; echo READY ;;
          *"CliFrontend list"*) [ ! -e "$job" ] || echo 'job (RUNNING)'; exit ;;
          *"CliFrontend run"*) cat answer; [ ! -s answer ] && touch "$job"; exit ;;
        esac
        exec -a "java $*" sleep 600
        """
            .formatted(folder));
    scripts.write("answer", "");
  }

  @AfterEach
  void stop() throws Exception {
    List<ProcessHandle> started = started();
    Shell.Result result = cluster("stop");

    assertThat(result.status()).as(result.output()).isZero();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
  }

  private List<ProcessHandle> started() throws IOException {
    Path pids = folder.resolve("run/cluster/pid");
    List<ProcessHandle> all = new ArrayList<>();
    if (Files.exists(pids)) {
      try (Stream<Path> files = Files.list(pids)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".pid")).toList()) {
          all.addAll(alive(file));
        }
      }
    }
    return all;
  }

  /** The process that is noted under a name, which must be one. */
  private ProcessHandle started(String name) throws IOException {
    List<ProcessHandle> all = alive(folder.resolve("run/cluster/pid/" + name + ".pid"));
    assertThat(all).as(name).hasSize(1);
    return all.get(0);
  }

  private static List<ProcessHandle> alive(Path pids) throws IOException {
    List<ProcessHandle> all = new ArrayList<>();
    for (String pid : Files.readAllLines(pids)) {
      ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).ifPresent(all::add);
    }
    return all;
  }

  /** Runs it with variables given as name and value in turn. */
  private Shell.Result cluster(String command, String... variables) throws Exception {
    Map<String, String> environment = new HashMap<>(Map.of("ANDON_BUILT", "yes"));
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return scripts.run(environment, "scripts/cluster", command);
  }

  private void assertStarts(String... variables) throws Exception {
    Shell.Result result = cluster("start", variables);
    assertThat(result.status()).as(result.output()).isZero();
    assertThat(started()).as("broker, keeper, JobManager, TaskManager").hasSize(4);
  }

  @Test
  void aBrokerAloneIsBuiltAndStartedWhereNothingIsYet() throws Exception {
    scripts.script("scripts/build", "echo build >>builds");

    Shell.Result result = cluster("broker", "ANDON_BUILT", "");

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(scripts.lines("builds")).hasSize(1);
    assertThat(started()).hasSize(1);
    assertThat(scripts.lines("run/cluster/log/broker.log")).contains("READY");
  }

  @Test
  void aBrokerThatEndsIsNoticedThoughTheLastOneWasReady() throws Exception {
    scripts.write("run/cluster/log/broker.log", "READY\n");
    scripts.write("no-broker", "");

    Shell.Result result = cluster("broker");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output()).contains("the broker ended");
  }

  @Test
  void withoutAnAnswerOfABrokerItSaysSoOnceAndGivesUpAtItsBound() throws Exception {
    scripts.write("answer", "kafka.bootstrapServers: 127.0.0.1:19092 gave no answer\n");

    Shell.Result result = cluster("start", "ANDON_START_SECONDS", "20");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output().split("gave no answer", -1)).hasSize(2);
    assertThat(result.output())
        .contains("no broker answers; the job is tried again")
        .contains("the job does not run after 20 s; no broker answers");
    assertThat(started()).as("it goes on trying").hasSize(4);
  }

  @Test
  void whatAnEarlierStartWroteAndThisOneAsksForOtherwiseIsToldAtOnceAndNothingStarts()
      throws Exception {
    assertStarts();
    cluster("stop");

    Shell.Result result =
        cluster(
            "start",
            "ANDON_KAFKA_PORT",
            "29092",
            "ANDON_RPC_PORT",
            "26123",
            "ANDON_FLINK_PORT",
            "28081",
            "ANDON_METRICS_PORTS",
            "29410-29419");

    assertThat(result.status()).isEqualTo(1);
    String cluster = scripts.root() + "/run/cluster/";
    assertThat(result.output())
        .contains(
            cluster + "conf/config.yaml: jobmanager.rpc.port is 16123, ANDON_RPC_PORT is 26123\n")
        .contains(cluster + "conf/config.yaml: rest.port is 18081, ANDON_FLINK_PORT is 28081\n")
        .contains(
            "metrics.reporter.andon.port is 19410-19439, ANDON_METRICS_PORTS is 29410-29419\n")
        .contains(
            cluster
                + "job.yaml: kafka.bootstrapServers is 127.0.0.1:19092,"
                + " this broker (ANDON_KAFKA_PORT) is 127.0.0.1:29092\n");
    assertThat(started()).isEmpty();
    assertStarts("ANDON_KAFKA_PORT", "19092", "ANDON_FLINK_PORT", "18081");
  }

  @Test
  void anotherBrokerThanThatOfTheKeptJobIsTold() throws Exception {
    scripts.write(
        "run/cluster/job.yaml", "kafka:\n  bootstrapServers: 'kafka-1:9093,kafka-2:9093'\n");

    Shell.Result result = cluster("start", "ANDON_BOOTSTRAP", "kafka-3:9093");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output())
        .contains("kafka.bootstrapServers is kafka-1:9093,kafka-2:9093")
        .contains("ANDON_BOOTSTRAP is kafka-3:9093");
  }

  @Test
  void afterItsKeeperWasKilledAStartEndsTheJobManagerThatWasLeftAndKeepsTheTaskManager()
      throws Exception {
    assertStarts();
    ProcessHandle keeper = started("keep-job");
    ProcessHandle manager = started("jobmanager");
    ProcessHandle worker = started("taskmanager");
    keeper.destroyForcibly();
    Awaitility.await().atMost(PATIENCE).until(() -> !keeper.isAlive());
    assertThat(manager.isAlive()).isTrue();

    assertStarts();

    Awaitility.await().atMost(PATIENCE).until(() -> !manager.isAlive());
    assertThat(started("jobmanager")).isNotEqualTo(manager);
    assertThat(started("taskmanager")).isEqualTo(worker);
  }

  @Test
  void aBuildChangesNothingUnderAClusterThatRunsAndTheNextStartTakesIt() throws Exception {
    assertStarts();
    Path built = folder.resolve("deploy/flink/target/flink/lib/flink.jar");
    Path taken = folder.resolve("run/cluster/flink/lib/flink.jar");
    Files.delete(built);
    Files.writeString(built, "built then");
    assertThat(taken).hasContent("built first");
    for (ProcessHandle process : started()) {
      String commandLine = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
      assertThat(commandLine).contains("run/cluster/").doesNotContain("target/flink");
    }

    cluster("stop");
    assertStarts();

    assertThat(taken).hasContent("built then");
  }
}
