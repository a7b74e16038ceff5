package io.andon.chaos.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.chaos.cluster.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code logged} of {@code scripts/steps.sh} leaves behind. */
class LoggedIT {
  @TempDir private Path folder;

  @Test
  void endsTheSleepOfItsHeartbeat() throws Exception {
    ScriptFolder scripts = ScriptFolder.in(folder);
    scripts.program("sleep", "echo $$ >>sleeps; exec /bin/sleep \"$@\"");

    Shell.Result result =
        scripts.run(
            Map.of(),
            "bash",
            "-c",
            ". scripts/steps.sh; logged demo done"
                + " bash -c 'until [ -s sleeps ]; do /bin/sleep 0.1; done; echo done'");

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output()).contains("done");
    List<String> sleeps = scripts.lines("sleeps");
    assertThat(sleeps).hasSize(1);
    Awaitility.await("its sleep ends")
        .atMost(Duration.ofSeconds(20)) // by itself it would end after 30 s
        .until(() -> ProcessHandle.of(Long.parseLong(sleeps.get(0))).isEmpty());
  }
}
