package io.andon.contracts;

import java.util.List;

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

  /** Most boxes of a region. */
  int MAX_BOXES = 8;

  /** Longest time that can be undone, minutes. */
  int MAX_UNDO_MINUTES = 60;

  /** Largest false-alarm budget, alarms a day. */
  double MAX_FALSE_ALARMS_PER_DAY = 10_000;

  /** Smallest false-alarm budget, alarms a day. */
  double MIN_FALSE_ALARMS_PER_DAY = 0.000_001;

  /**
   * What is seen now is normal: learn it.
   *
   * @param region where; empty for the whole picture, at most {@link #MAX_BOXES} boxes
   */
  record Normal(String id, String camera, long actsFromMicros, List<Box> region)
      implements ControlCommand {
    public Normal {
      checkCommon(id, camera, actsFromMicros);
      Bounds.within("region", region.size(), 0, MAX_BOXES);
      region = List.copyOf(region);
    }

    /** The same for the whole picture. */
    public Normal(String id, String camera, long actsFromMicros) {
      this(id, camera, actsFromMicros, List.of());
    }
  }

  /**
   * What is seen now is a real fault: never learn what waits in quarantine.
   *
   * @param region where; empty for the whole picture, at most {@link #MAX_BOXES} boxes
   */
  record Real(String id, String camera, long actsFromMicros, List<Box> region)
      implements ControlCommand {
    public Real {
      checkCommon(id, camera, actsFromMicros);
      Bounds.within("region", region.size(), 0, MAX_BOXES);
      region = List.copyOf(region);
    }

    /** The same for the whole picture. */
    public Real(String id, String camera, long actsFromMicros) {
      this(id, camera, actsFromMicros, List.of());
    }
  }

  /**
   * Undo what was learnt: go back to the newest kept baseline that is at least so old.
   *
   * @param minutes 1 to {@link #MAX_UNDO_MINUTES}, of the time that the camera was seen
   */
  record Undo(String id, String camera, long actsFromMicros, int minutes)
      implements ControlCommand {
    public Undo {
      checkCommon(id, camera, actsFromMicros);
      Bounds.within("minutes", minutes, 1, MAX_UNDO_MINUTES);
    }
  }

  /**
   * A part of the camera's picture.
   *
   * @param x left edge, pixels
   * @param y top edge, pixels
   * @param width pixels, 1 or more
   * @param height pixels, 1 or more
   */
  record Box(int x, int y, int width, int height) {
    public Box {
      Bounds.within("x", x, 0, FrameHeaders.MAX_SIDE);
      Bounds.within("y", y, 0, FrameHeaders.MAX_SIDE);
      Bounds.within("width", width, 1, FrameHeaders.MAX_SIDE);
      Bounds.within("height", height, 1, FrameHeaders.MAX_SIDE);
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
   * The camera is gone for good: end what is open of it and forget it, its budget and its waiting
   * commands too. Acts at once, whatever its time: no frame will come.
   */
  record Retire(String id, String camera, long actsFromMicros) implements ControlCommand {
    public Retire {
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
