package io.andon.detection;

import java.util.List;

/** What an operator tells the detector of one camera. */
public sealed interface Command {
  /** Longest id, in characters. */
  int MAX_ID_CHARACTERS = 256;

  /** Unique id of the command, 1..256 characters. */
  String id();

  /** Capture time from which the command acts, microseconds since the epoch. */
  long actsFromMicros();

  /** Longest time that can be undone, minutes. */
  int MAX_UNDO_MINUTES = 60;

  /**
   * What is seen now, and was seen in the open incident, is normal: learn it.
   *
   * @param region where; empty for the whole picture, at most {@link Region#MAX_BOXES} boxes
   */
  record Normal(String id, long actsFromMicros, List<Region> region) implements Command {
    public Normal {
      Require.between("id.length", id.length(), 1, MAX_ID_CHARACTERS);
      Require.between("region.size", region.size(), 0, Region.MAX_BOXES);
      region = List.copyOf(region);
    }

    /** The whole picture is normal. */
    public Normal(String id, long actsFromMicros) {
      this(id, actsFromMicros, List.of());
    }
  }

  /**
   * What is seen now is a real fault: never learn what is waiting in quarantine.
   *
   * @param region where; empty for the whole picture, at most {@link Region#MAX_BOXES} boxes
   */
  record Real(String id, long actsFromMicros, List<Region> region) implements Command {
    public Real {
      Require.between("id.length", id.length(), 1, MAX_ID_CHARACTERS);
      Require.between("region.size", region.size(), 0, Region.MAX_BOXES);
      region = List.copyOf(region);
    }

    /** The fault may be anywhere in the picture. */
    public Real(String id, long actsFromMicros) {
      this(id, actsFromMicros, List.of());
    }
  }

  /**
   * Undo what was learnt: go back to the newest baseline snapshot that is at least so old.
   *
   * @param minutes of the detector's own time, 1..60
   */
  record Undo(String id, long actsFromMicros, int minutes) implements Command {
    public Undo {
      Require.between("id.length", id.length(), 1, MAX_ID_CHARACTERS);
      Require.between("minutes", minutes, 1, MAX_UNDO_MINUTES);
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
