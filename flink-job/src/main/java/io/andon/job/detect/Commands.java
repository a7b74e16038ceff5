package io.andon.job.detect;

import io.andon.contracts.ControlCommand;
import io.andon.detection.Command;
import io.andon.detection.Region;
import java.util.List;

/** Puts commands into detection's words; all but {@link ControlCommand.Retire}. */
public final class Commands {
  private Commands() {}

  /**
   * The command as a detector takes it.
   *
   * @throws IllegalStateException if it is none that a detector takes
   */
  public static Command of(ControlCommand command) {
    String id = command.id();
    long from = command.actsFromMicros();
    if (command instanceof ControlCommand.Normal normal) {
      return new Command.Normal(id, from, region(normal.region()));
    } else if (command instanceof ControlCommand.Real real) {
      return new Command.Real(id, from, region(real.region()));
    } else if (command instanceof ControlCommand.Freeze) {
      return new Command.Freeze(id, from, true);
    } else if (command instanceof ControlCommand.Unfreeze) {
      return new Command.Freeze(id, from, false);
    } else if (command instanceof ControlCommand.Reset) {
      return new Command.Reset(id, from);
    } else if (command instanceof ControlCommand.Sensitivity sensitivity) {
      return new Command.Sensitivity(id, from, sensitivity.falseAlarmsPerDay());
    }
    if (command instanceof ControlCommand.Undo undo) {
      return new Command.Undo(id, from, undo.minutes());
    }
    throw new IllegalStateException("command of a kind that no detector takes: " + id);
  }

  private static List<Region> region(List<ControlCommand.Box> boxes) {
    return boxes.stream()
        .map(box -> new Region(box.x(), box.y(), box.width(), box.height()))
        .toList();
  }
}
