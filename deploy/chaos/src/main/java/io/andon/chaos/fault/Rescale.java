package io.andon.chaos.fault;

import io.andon.chaos.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** From one TaskManager to two, and back. */
public final class Rescale extends Fault.RestartsJob {
  private static final String ONE = "parallelism: 1";
  private static final String TWO = "parallelism: 2";

  @Override
  public String name() {
    return "rescale-1-2-1";
  }

  @Override
  public long inflict(Stage stage) throws Exception {
    Cluster cluster = stage.cluster();
    cluster.startTaskManager();
    long up = restart(stage, ONE, TWO);
    awaitRecovery(stage, up);
    stage.awaitCaughtUp();
    stage.awaitCheckpoint();
    long down = restart(stage, TWO, ONE);
    cluster.stopTaskManager();
    return down;
  }

  private static long restart(Stage stage, String before, String after) throws Exception {
    Cluster cluster = stage.cluster();
    String savepoint = cluster.stopWithSavepoint(stage.job());
    long at = Stage.now();
    replace(cluster.config(), before, after);
    cluster.submit(cluster.jar(), cluster.config(), "-s", savepoint);
    return at;
  }

  private static void replace(Path file, String before, String after) throws IOException {
    String text = Files.readString(file);
    if (!text.contains(before)) {
      throw new IllegalStateException(file + " has no " + before);
    }
    Files.writeString(file, text.replace(before, after));
  }
}
