package io.andon.quickstart.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final List<String> restarted = new CopyOnWriteArrayList<>();
  private final List<String> gaveUp = new CopyOnWriteArrayList<>();
  @TempDir private Path folder;
  private Supervisor supervisor;

  @BeforeEach
  void openSupervisor() throws IOException {
    supervisor = new Supervisor(folder, new Recorder(), InstantSource.system());
  }

  @AfterEach
  void closeSupervisor() {
    supervisor.close();
  }

  @Test
  void aKilledChildRunsAgain() throws Exception {
    supervisor.start(spec("ready"));
    ChildProcess first = running();
    first.kill();
    await().atMost(PATIENCE).until(() -> restarted.contains("sleepy"));
    assertThat(running().pid()).isNotEqualTo(first.pid());
    assertThat(running().isAlive()).isTrue();
  }

  @Test
  void closingLeavesNoProcess() throws Exception {
    supervisor.start(spec("ready"));
    ChildProcess child = running();
    supervisor.close();
    assertThat(child.isAlive()).isFalse();
    assertThat(ProcessHandle.of(child.pid())).isEmpty();
    assertThat(restarted).isEmpty();
  }

  @Test
  void aChildThatEndsWhileStartingIsReportedWithItsLog() {
    ChildSpec neverReady = spec(child -> false, PATIENCE, "crash");
    assertThatThrownBy(() -> supervisor.start(neverReady))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("sleepy ended while it was starting")
        .hasMessageContaining("sleepy.log");
  }

  @Test
  void aChildThatIsNotReadyInTimeIsReported() {
    ChildSpec neverReady = spec(child -> false, Duration.ofMillis(300), "ready");
    assertThatThrownBy(() -> supervisor.start(neverReady))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("not ready");
  }

  @Test
  void aChildEndsWhenItsSupervisorIsGone() throws Exception {
    Process standIn = new ProcessBuilder("sleep", "600").start();
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                Long.toString(standIn.pid()),
                SleepyChild.class.getName(),
                "ready")
            .start();
    try {
      assertThat(child.inputReader().readLine()).isEqualTo("READY");
      standIn.destroyForcibly();
      await().atMost(Duration.ofSeconds(30)).until(() -> !child.isAlive());
    } finally {
      child.destroyForcibly();
      standIn.destroyForcibly();
    }
  }

  private ChildProcess running() {
    return supervisor.child("sleepy").orElseThrow();
  }

  private static ChildSpec spec(String... arguments) {
    return spec(Readiness.readyLine(), PATIENCE, arguments);
  }

  private static ChildSpec spec(Readiness readiness, Duration timeout, String... arguments) {
    return new ChildSpec(
        "sleepy",
        SleepyChild.class,
        List.of(arguments),
        List.of("-Xmx32m"),
        Map.of("SECRET", "swordfish"),
        readiness,
        timeout);
  }

  @Test
  void aSpecNeverShowsItsEnvironment() {
    assertThat(spec("ready").toString()).doesNotContain("swordfish");
  }

  private final class Recorder implements SupervisorListener {
    @Override
    public void progress(String message) {}

    @Override
    public void restarted(String child) {
      restarted.add(child);
    }

    @Override
    public void gaveUp(String child, String why) {
      gaveUp.add(child);
    }
  }
}
