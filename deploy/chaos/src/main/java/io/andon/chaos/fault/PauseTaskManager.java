package io.andon.chaos.fault;

import io.andon.chaos.cluster.Cluster.Part;
import io.andon.chaos.cluster.FlinkRest;
import java.time.Duration;

/** SIGSTOP of the TaskManager: longer than its heartbeats may be late, so that it is given up. */
public final class PauseTaskManager extends Fault.RestartsJob {
  private final Duration pause;

  /**
   * @param pause how long it stands still
   */
  public PauseTaskManager(Duration pause) {
    this.pause = pause;
  }

  @Override
  public String name() {
    return "pause-taskmanager-" + pause.toSeconds() + "s";
  }

  @Override
  public long inflict(Stage stage) throws Exception {
    stage.cluster().signal(Part.TASK_MANAGER, "STOP");
    Thread.sleep(pause.toMillis());
    // A job that waits for a TaskManager is called RUNNING too; its tasks are not.
    boolean noticed =
        stage.cluster().rest().job().flatMap(FlinkRest.Job::runningSinceMillis).isEmpty();
    long at = Stage.now();
    stage.cluster().signal(Part.TASK_MANAGER, "CONT");
    if (!noticed) {
      throw new IllegalStateException("the JobManager did not notice a pause of " + pause);
    }
    return at;
  }
}
