package io.andon.chaos.fault;

import io.andon.chaos.cluster.Cluster;
import java.nio.file.Path;

/** Upgrade to a later release of the job, whose state has another version. */
public final class UpgradeState extends Fault.RestartsJob {
  @Override
  public String name() {
    return "upgrade-state";
  }

  @Override
  public long inflict(Stage stage) throws Exception {
    Cluster cluster = stage.cluster();
    String savepoint = cluster.stopWithSavepoint(stage.job());
    long at = Stage.now();
    Path before = cluster.root().resolve("deploy/flink/target/andon-job.jar");
    EvolvedJar.of(before, cluster.jar());
    cluster.submit(cluster.jar(), cluster.config(), "-s", savepoint);
    return at;
  }
}
