package io.andon.chaos.fault;

import io.andon.chaos.cluster.Cluster.Part;

/** kill -9 of the JobManager; keep-job.sh starts another and resumes the job. */
public final class KillJobManager extends Fault.RestartsJob {
  @Override
  public String name() {
    return "kill-jobmanager";
  }

  @Override
  public long inflict(Stage stage) throws Exception {
    long at = Stage.now();
    stage.cluster().signal(Part.JOB_MANAGER, "KILL");
    return at;
  }
}
