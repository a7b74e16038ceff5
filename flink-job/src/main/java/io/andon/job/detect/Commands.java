package io.andon.job.detect;

import io.andon.contracts.ControlCommand;
import io.andon.detection.Command;

/** Puts commands into detection's words. */
final class Commands {
  private Commands() {}

  static Command of(ControlCommand command) {
    String id = command.id();
    long from = command.actsFromMicros();
    if (command instanceof ControlCommand.Normal) {
      return new Command.Normal(id, from);
    } else if (command instanceof ControlCommand.Real) {
      return new Command.Real(id, from);
    } else if (command instanceof ControlCommand.Freeze) {
      return new Command.Freeze(id, from, true);
    } else if (command instanceof ControlCommand.Unfreeze) {
      return new Command.Freeze(id, from, false);
    } else if (command instanceof ControlCommand.Reset) {
      return new Command.Reset(id, from);
    } else if (command instanceof ControlCommand.Sensitivity sensitivity) {
      return new Command.Sensitivity(id, from, sensitivity.falseAlarmsPerDay());
    }
    throw new IllegalStateException("command of a kind that this job doesn't know: " + id);
  }
}
