package io.andon.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When {@code keep-job.sh} submits again and when it gives up; the script is the real one, the
 * {@code flink} that it calls says what the test wants.
 */
class KeepJobIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  // Whoever stops it would kill it after 30.
  private static final int AT_ONCE_SECONDS = 20;
  private static final Path SCRIPTS = Path.of("../flink/src/home/bin");

  @TempDir private Path home;

  @SuppressWarnings("NullAway.Init")
  private Process keeper;

  @BeforeEach
  void assemble() throws IOException {
    Files.createDirectory(home.resolve("bin"));
    for (String script : List.of("keep-job.sh", "config.sh")) {
      Files.copy(SCRIPTS.resolve(script), home.resolve("bin").resolve(script));
    }
    script("jobmanager.sh", "exec -a \"$0\" sleep 600");
  }

  @AfterEach
  void end() throws InterruptedException {
    List<ProcessHandle> children = keeper.descendants().toList();
    assertThat(children.isEmpty()).as("it runs a JobManager").isNotEqualTo(keeper.isAlive());
    keeper.destroy();
    assertThat(keeper.waitFor(AT_ONCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  /**
   * Each submission is answered by the next of these; {@code ok} is the last. One that is {@code
   * lost} arrives and is told as failed, and the next three lists fail.
   */
  private void keep(String... answers) throws IOException {
    Files.write(home.resolve("answers"), List.of(answers));
    script(
        "flink",
        """
        cd "$(dirname "$0")/.."
        if [ "$1" = list ]; then
          echo x >>lists
          if [ -s deaf ] && [ ! -e hears ]; then sed -i 1d deaf; cat reason >&2; exit 1; fi
          [ ! -e ok ] || echo 'job (RUNNING)'
          exit 0
        fi
        echo x >>attempts
        answer=$(sed -n "$(wc -l <attempts)p" answers)
        echo "$answer"
        [ "$answer" != silence ] || exec sleep 600
        if [ "$answer" = lost ]; then printf 'x\\nx\\nx\\n' >deaf; touch ok; exit 1; fi
        [ "$answer" = ok ] && touch ok
        """);
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash", "bin/keep-job.sh", "start-foreground", "a.jar", "job.yaml", "checkpoints")
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("said").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FLINK_"));
    keeper = builder.start();
  }

  private void script(String name, String text) throws IOException {
    Path file = home.resolve("bin").resolve(name);
    Files.writeString(file, "#!/usr/bin/env bash\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String said() throws IOException {
    Path said = home.resolve("said");
    return Files.exists(said) ? Files.readString(said) : "";
  }

  private long attempts() throws IOException {
    return lines("attempts");
  }

  private long lists() throws IOException {
    return lines("lists");
  }

  private long lines(String name) throws IOException {
    Path file = home.resolve(name);
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  @Test
  void waitsForABrokerHoweverOftenNoneAnswers() throws IOException {
    keep("no slot", "no slot", "host:9092 gave no answer", "host:9092 gave no answer", "ok");

    Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(home.resolve("ok")));
    assertThat(attempts()).isEqualTo(5);
    assertThat(said()).contains("no broker answers").doesNotContain("was refused");
  }

  @Test
  void saysOnceWhyTheJobsAreNotTold() throws IOException {
    String asksWithoutEnd = "x\n".repeat(10_000);
    Files.writeString(home.resolve("deaf"), asksWithoutEnd);
    Files.writeString(
        home.resolve("reason"),
        "The program finished with an exception:\nCaused by: no trust in it\n\tat a.place\n");
    keep("ok");

    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> said().contains("for 30 s, asking on: Caused by: no trust in it"));
    long asked = lists();
    Awaitility.await().atMost(PATIENCE).until(() -> lists() > asked + 3);
    assertThat(said()).containsOnlyOnce("asking on");
    // A file of its own: the fake writes the other one anew each time.
    Files.createFile(home.resolve("hears"));
    Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(home.resolve("ok")));
  }

  @Test
  void givesUpAfterThreeRefusalsAndLeavesTheJobManagerRunning() throws IOException {
    keep("no model", "no model", "no model", "ok");

    Awaitility.await().atMost(PATIENCE).until(() -> said().contains("was refused"));
    assertThat(attempts()).isEqualTo(3);
    assertThat(keeper.isAlive()).isTrue();
  }

  @Test
  void submitsNoSecondJobWhileNobodySaysWhetherTheFirstArrived() throws IOException {
    keep("lost", "ok");

    Awaitility.await().atMost(PATIENCE).until(() -> attempts() == 1 && lists() == 1 + 3 + 1);
    Awaitility.await()
        .during(Duration.ofSeconds(3))
        .atMost(PATIENCE)
        .until(() -> attempts() == 1 && lists() == 1 + 3 + 1);
    assertThat(said()).doesNotContain("was refused");
  }

  @Test
  void endsAtOnceWhileASubmissionGetsNoAnswer() throws Exception {
    keep("silence");
    Awaitility.await().atMost(PATIENCE).until(() -> attempts() == 1);
    List<ProcessHandle> children = keeper.descendants().toList();
    assertThat(children).as("the JobManager and flink").hasSizeGreaterThanOrEqualTo(2);

    keeper.destroy();

    assertThat(keeper.waitFor(AT_ONCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void stopEndsTheJobManagerOfAKeeperThatWasKilled() throws Exception {
    keep("ok");
    Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(home.resolve("ok")));
    Path noted = home.resolve("run/jobmanager.pid");
    ProcessHandle manager =
        ProcessHandle.of(Long.parseLong(Files.readString(noted).strip())).orElseThrow();
    keeper.destroyForcibly().waitFor();
    assertThat(manager.isAlive()).isTrue();

    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("bin/keep-job.sh").toString(), "stop")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("stopped").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FLINK_"));
    Process stop = builder.start();

    assertThat(stop.waitFor(AT_ONCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(home.resolve("stopped"))).contains("jobmanager stopped");
    Awaitility.await().atMost(PATIENCE).until(() -> !manager.isAlive());
  }
}
