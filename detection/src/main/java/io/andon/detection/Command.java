package io.andon.detection;

/** What an operator tells the detector of one camera. */
public sealed interface Command {
  /** Longest id, in characters. */
  int MAX_ID_CHARACTERS = 256;

  /** Unique id of the command, 1..256 characters. */
  String id();

  /** Capture time from which the command acts, microseconds since the epoch. */
  long actsFromMicros();

  /** What is seen now, or was seen in the named incident, is normal: learn it. */
  record Normal(String id, long actsFromMicros) implements Command {
    public Normal {
      Require.between("id.length", id.length(), 1, MAX_ID_CHARACTERS);
    }
  }

  /** What is seen now is a real fault: never learn what is waiting in quarantine. */
  record Real(String id, long actsFromMicros) implements Command {
    public Real {
      Require.between("id.length", id.length(), 1, MAX_ID_CHARACTERS);
    }
  }

  /** Stop or go on learning. */
  record Freeze(String id, long actsFromMicros, boolean frozen) implements Command {
    public Freeze {
      Require.between("id.length", id.length(), 1, MAX_ID_CHARACTERS);
    }
  }

  /** Forget everything and warm up again. */
  record Reset(String id, long actsFromMicros) implements Command {
    public Reset {
      Require.between("id.length", id.length(), 1, MAX_ID_CHARACTERS);
    }
  }

  /**
   * Change the false-alarm budget of this camera.
   *
   * @param falseAlarmsPerDay above 0, at most 10000
   */
  record Sensitivity(String id, long actsFromMicros, double falseAlarmsPerDay) implements Command {
    public Sensitivity {
      Require.between("id.length", id.length(), 1, MAX_ID_CHARACTERS);
      Require.between("falseAlarmsPerDay", falseAlarmsPerDay, Double.MIN_VALUE, 10_000);
    }
  }
}
