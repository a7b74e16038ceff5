package io.andon.chaos.fault;

import io.andon.chaos.cluster.Cluster.Part;

/** kill -9 of the TaskManager; another is started at once. */
public final class KillTaskManager extends Fault.RestartsJob {
  @Override
  public String name() {
    return "kill-taskmanager";
  }

  @Override
  public long inflict(Stage stage) throws Exception {
    long at = Stage.now();
    stage.cluster().signal(Part.TASK_MANAGER, "KILL");
    stage.cluster().startTaskManager();
    return at;
  }
}
