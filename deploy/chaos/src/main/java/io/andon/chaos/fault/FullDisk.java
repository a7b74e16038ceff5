package io.andon.chaos.fault;

import java.time.Duration;

/**
 * No room for checkpoints: several fail, then a TaskManager is killed, so that the job has to go
 * back to the last one that completed; then there is room again.
 */
public final class FullDisk extends Fault.RestartsJob {
  /** What it is called. */
  public static final String NAME = "full-disk";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int FAILED = 2;

  private final SmallDisk disk;

  /**
   * @param disk where checkpoints are written
   */
  public FullDisk(SmallDisk disk) {
    this.disk = disk;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long inflict(Stage stage) throws Exception {
    String job = stage.job();
    long failed = stage.cluster().rest().checkpoints(job).failed();
    disk.fill();
    Stage.await(
        "checkpoints fail",
        PATIENCE,
        () -> stage.cluster().rest().checkpoints(job).failed() >= failed + FAILED);
    stage.awaitScoredAfter(Stage.now()); // detection goes on
    long at = new KillTaskManager().inflict(stage);
    awaitRecovery(stage, at);
    disk.free();
    stage.awaitCheckpoint();
    return at;
  }
}
