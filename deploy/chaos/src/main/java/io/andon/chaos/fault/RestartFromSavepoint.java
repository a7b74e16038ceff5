package io.andon.chaos.fault;

/** Stop with a savepoint in the middle of an incident, and go on from it. */
public final class RestartFromSavepoint extends Fault.RestartsJob {
  @Override
  public String name() {
    return "savepoint-restart";
  }

  @Override
  public long inflict(Stage stage) throws Exception {
    String savepoint = stage.cluster().stopWithSavepoint(stage.job());
    long at = Stage.now();
    stage.cluster().submit(stage.cluster().jar(), stage.cluster().config(), "-s", savepoint);
    return at;
  }
}
