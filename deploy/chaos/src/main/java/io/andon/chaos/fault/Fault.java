package io.andon.chaos.fault;

/** Something bad, or something that ops do, while frames come and an incident is open. */
public interface Fault {
  /** Short name, {@code kill-taskmanager} say. */
  String name();

  /**
   * Does it, and what ops or a supervisor would do then.
   *
   * @return when recovery may begin, milliseconds since the epoch: when the process was killed, or
   *     when the outage was over
   */
  long inflict(Stage stage) throws Exception;

  /**
   * Waits until the pipeline works again: what is captured now is scored.
   *
   * @param since what {@link #inflict} gave
   */
  void awaitRecovery(Stage stage, long since) throws Exception;

  /** A fault after which the job's tasks are started again. */
  abstract class RestartsJob implements Fault {
    @Override
    public void awaitRecovery(Stage stage, long since) {
      stage.awaitRestartedAfter(since);
      stage.awaitScoredAfter(Stage.now());
    }
  }

  /** A fault that the job's tasks outlive. */
  abstract class LeavesJob implements Fault {
    @Override
    public void awaitRecovery(Stage stage, long since) {
      stage.awaitScoredAfter(since);
    }
  }
}
