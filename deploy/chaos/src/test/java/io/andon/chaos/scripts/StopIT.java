package io.andon.chaos.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.chaos.cluster.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How processes in the background are stopped, where nobody asks about them after their end too.
 */
@Timeout(300)
class StopIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  private final List<Process> parents = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private ScriptFolder scripts;

  @BeforeEach
  void checkout() throws IOException {
    scripts = ScriptFolder.in(folder);
    shortPatience("deploy/flink/target/flink/bin/config.sh");
    shortPatience("scripts/cluster");
  }

  private void shortPatience(String file) throws IOException {
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains("\nstop_seconds=30\n");
    scripts.write(file, text.replace("\nstop_seconds=30\n", "\nstop_seconds=3\n"));
  }

  @AfterEach
  void end() throws Exception {
    for (Process parent : parents) {
      List<ProcessHandle> children = parent.descendants().toList();
      children.forEach(ProcessHandle::destroyForcibly);
      parent.destroyForcibly();
      parent.waitFor();
    }
  }

  /**
   * Starts a process that never asks what became of its child, as the first process of some
   * containers does.
   *
   * @param name the child's {@code .pid} file, in which it writes itself
   * @param command what bash runs as the child
   */
  private long careless(String name, String command) throws Exception {
    Path pid = folder.resolve("pid/" + name + ".pid");
    Files.createDirectories(pid.getParent());
    String start = "bash -c '%s' & echo $! >>%s; exec sleep 600".formatted(command, pid);
    Process parent = new ProcessBuilder("bash", "-c", start).start();
    parents.add(parent);
    Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(pid) && Files.size(pid) > 0);
    // Until then it is a shell, which would ask.
    Path shown = Path.of("/proc/" + parent.pid() + "/cmdline");
    Awaitility.await().atMost(PATIENCE).until(() -> Files.readString(shown).startsWith("sleep"));
    return Long.parseLong(Files.readString(pid).strip());
  }

  private String flinkProcess(String then) {
    return "exec -a %s/deploy/flink/target/flink/lib/x %s".formatted(scripts.root(), then);
  }

  private Shell.Result run(String... command) throws Exception {
    Map<String, String> environment =
        Map.of(
            "FLINK_PID_DIR", folder.resolve("pid").toString(),
            "FLINK_LOG_DIR", folder.resolve("log").toString(),
            "ANDON_CLUSTER", folder.toString());
    return scripts.shell(folder, environment).run(PATIENCE, List.of(command));
  }

  private static void awaitNamed(long pid, String word) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> Files.readString(Path.of("/proc/" + pid + "/cmdline")).contains(word));
  }

  /** It has ended, and is still there: a process gives up its memory a moment before. */
  private static void awaitNobodyAsked(long pid) {
    Awaitility.await("nobody asked").atMost(PATIENCE).until(() -> state(pid).equals("Z"));
  }

  private static String state(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  }

  @Test
  void aTaskManagerThatNobodyAsksAboutCountsAsEnded() throws Exception {
    long pid = careless("taskmanager", flinkProcess("sleep 600"));
    awaitNamed(pid, "flink/lib");

    Shell.Result result = run("deploy/flink/target/flink/bin/taskmanager.sh", "stop-all");

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output()).isEqualTo("taskmanager stopped, process " + pid + "\n");
    awaitNobodyAsked(pid);
  }

  @Test
  void aTaskManagerThatDoesNotListenIsKilledAndThatIsSaidOnce() throws Exception {
    long pid = careless("taskmanager", flinkProcess("sleep 600"));
    awaitNamed(pid, "flink/lib");
    run("bash", "-c", "kill -STOP " + pid);

    Shell.Result result = run("deploy/flink/target/flink/bin/taskmanager.sh", "stop");

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output())
        .isEqualTo(
            "taskmanager %d did not end within 3 s, killing it\ntaskmanager stopped, process %d\n"
                .formatted(pid, pid));
  }

  @Test
  void aBrokerThatDoesNotListenIsKilledAndNobodyNeedAskAboutIt() throws Exception {
    long pid = careless("broker", "exec -a BrokerProcess sleep 600");
    awaitNamed(pid, "BrokerProcess");
    run("bash", "-c", "kill -STOP " + pid);

    Shell.Result result = run("scripts/cluster", "stop");

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("did not end within 3 s, killing it")
        .contains("broker stopped, process " + pid);
    awaitNobodyAsked(pid);
    assertThat(folder.resolve("pid/broker.pid")).doesNotExist();
  }
}
