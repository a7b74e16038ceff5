package io.andon.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.chaos.cluster.Cluster.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which processes a cluster takes for its own, and sends signals to. */
class ClusterProcessesIT {
  @TempDir private Path folder;

  private final List<Process> processes = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private Cluster cluster;

  @BeforeEach
  void prepare() throws IOException {
    Path checkout = Files.createDirectory(folder.resolve("checkout"));
    cluster = Cluster.in(checkout, folder.resolve("cluster"), Map.of());
  }

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  private Process process(String commandLine) throws IOException {
    Process process =
        new ProcessBuilder("bash", "-c", "exec -a " + commandLine + " sleep 600").start();
    processes.add(process);
    Path shown = Path.of("/proc/" + process.pid() + "/cmdline");
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> Files.readString(shown).startsWith(commandLine));
    return process;
  }

  private void note(String part, Process... all) throws IOException {
    String pids = List.of(all).stream().map(p -> p.pid() + "\n").collect(Collectors.joining());
    Path file = cluster.folder().resolve("pid/" + part + ".pid");
    Files.createDirectories(file.getParent());
    Files.writeString(file, pids);
  }

  @Test
  void theYoungestThatLivesIsMeantAndNobodyWhoGotAnIdOfOurs() throws Exception {
    String home = cluster.flinkHome() + "/lib/*";
    Process older = process(home);
    Process dead = process(home);
    Process stranger = process("a-stranger");
    dead.destroyForcibly().waitFor();
    note("taskmanager", older, dead, stranger);

    assertThat(cluster.pid(Part.TASK_MANAGER)).isEqualTo(older.pid());
    cluster.signal(Part.TASK_MANAGER, "KILL");

    assertThat(older.waitFor()).isNotZero();
    assertThat(stranger.isAlive()).isTrue();
    assertThatThrownBy(() -> cluster.signal(Part.TASK_MANAGER, "KILL"))
        .isInstanceOf(IOException.class)
        .hasMessage("no TASK_MANAGER runs");
    assertThat(stranger.isAlive()).isTrue();
  }

  @Test
  void theBrokerOfAnotherClusterIsNotOurs() throws Exception {
    Process other = process("--dir=" + folder.resolve("other/broker"));
    note("broker", other);
    assertThatThrownBy(() -> cluster.pid(Part.BROKER)).hasMessage("no BROKER runs");

    Process ours = process("--dir=" + cluster.folder().resolve("broker"));
    note("broker", ours, other);
    assertThat(cluster.pid(Part.BROKER)).isEqualTo(ours.pid());
  }
}
