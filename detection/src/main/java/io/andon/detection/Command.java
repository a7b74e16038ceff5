package io.andon.detection;

/** What an operator tells the detector of one camera. */
public sealed interface Command {
  /** Unique id of the command. */
  String id();

  /** Capture time from which the command acts, microseconds since the epoch. */
  long actsFromMicros();

  /** What is seen now, or was seen in the named incident, is normal: learn it. */
  record Normal(String id, long actsFromMicros) implements Command {}

  /** What is seen now is a real fault: never learn what is waiting in quarantine. */
  record Real(String id, long actsFromMicros) implements Command {}

  /** Stop or go on learning. */
  record Freeze(String id, long actsFromMicros, boolean frozen) implements Command {}

  /** Forget everything and warm up again. */
  record Reset(String id, long actsFromMicros) implements Command {}

  /**
   * Change the false-alarm budget of this camera.
   *
   * @param falseAlarmsPerDay above 0, at most 10000
   */
  record Sensitivity(String id, long actsFromMicros, double falseAlarmsPerDay) implements Command {}
}
