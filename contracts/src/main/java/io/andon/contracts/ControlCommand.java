package io.andon.contracts;

/** What an operator tells one camera's detector. */
public sealed interface ControlCommand {
  /** Unique id of the command, see {@link #ID_PATTERN}. */
  String id();

  /** The camera it is for. */
  String camera();

  /**
   * Capture time from which it acts, microseconds since the epoch; 0, like any time that has
   * passed, acts on the next frame.
   */
  long actsFromMicros();

  /** Grammar of command ids. */
  String ID_PATTERN = "[A-Za-z0-9][A-Za-z0-9._:-]{0,127}";

  /** Largest false-alarm budget, alarms a day. */
  double MAX_FALSE_ALARMS_PER_DAY = 10_000;

  /** Smallest false-alarm budget, alarms a day. */
  double MIN_FALSE_ALARMS_PER_DAY = 0.000_001;

  /** What is seen now is normal: learn it. */
  record Normal(String id, String camera, long actsFromMicros) implements ControlCommand {
    public Normal {
      checkCommon(id, camera, actsFromMicros);
    }
  }

  /** What is seen now is a real fault: never learn what waits in quarantine. */
  record Real(String id, String camera, long actsFromMicros) implements ControlCommand {
    public Real {
      checkCommon(id, camera, actsFromMicros);
    }
  }

  /** Stop learning. */
  record Freeze(String id, String camera, long actsFromMicros) implements ControlCommand {
    public Freeze {
      checkCommon(id, camera, actsFromMicros);
    }
  }

  /** Go on learning. */
  record Unfreeze(String id, String camera, long actsFromMicros) implements ControlCommand {
    public Unfreeze {
      checkCommon(id, camera, actsFromMicros);
    }
  }

  /** Forget everything and warm up again. */
  record Reset(String id, String camera, long actsFromMicros) implements ControlCommand {
    public Reset {
      checkCommon(id, camera, actsFromMicros);
    }
  }

  /**
   * Change the false-alarm budget.
   *
   * @param falseAlarmsPerDay {@link #MIN_FALSE_ALARMS_PER_DAY} to {@link #MAX_FALSE_ALARMS_PER_DAY}
   */
  record Sensitivity(String id, String camera, long actsFromMicros, double falseAlarmsPerDay)
      implements ControlCommand {
    public Sensitivity {
      checkCommon(id, camera, actsFromMicros);
      Bounds.within(
          "falseAlarmsPerDay",
          falseAlarmsPerDay,
          MIN_FALSE_ALARMS_PER_DAY,
          MAX_FALSE_ALARMS_PER_DAY);
    }
  }

  private static void checkCommon(String id, String camera, long actsFromMicros) {
    if (!id.matches(ID_PATTERN)) {
      throw new IllegalArgumentException(
          "id is " + BoundedText.quoted(id) + ", allowed is " + ID_PATTERN);
    }
    CameraId.require(camera);
    Bounds.micros("actsFromMicros", actsFromMicros);
  }
}
