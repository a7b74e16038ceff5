package io.andon.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.chaos.cluster.Cluster;
import io.andon.chaos.cluster.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** docs/operations.md, run line by line on a cluster of its own. */
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class RunbookIT {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final int SUBMISSIONS = 4;

  @TempDir private Path folder;

  @Test
  void everyCommandOfTheRunbookDoesWhatItSays() throws Exception {
    List<String> blocks = Runbook.blocks(ROOT.resolve("docs/operations.md"), "Runbook");
    assertThat(blocks).hasSizeGreaterThan(6);
    try (Cluster cluster = Cluster.in(ROOT, folder.resolve("cluster"), Map.of())) {
      Shell.Result result =
          cluster.shell().run(LIMIT, List.of("bash", "-c", Runbook.script(blocks)));

      assertThat(result.status()).as(result.output()).isZero();
      assertThat(result.output().split("Job has been submitted", -1)).hasSize(SUBMISSIONS + 1);
    }
  }
}
