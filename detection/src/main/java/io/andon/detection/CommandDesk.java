package io.andon.detection;

/** Carries out the commands whose capture time has come, before their frame is scored. */
final class CommandDesk {
  private final DetectorState state;

  CommandDesk(DetectorState state) {
    this.state = state;
  }

  /** Applies the commands that are due; true if the frame itself is to be learnt as normal. */
  boolean applyDue(Observation frame, FrameSteps out) {
    boolean teach = false;
    for (CommandQueue.Waiting due : state.commands.takeDue(frame.stamp().capturedMicros())) {
      Command command = due.command();
      if (command instanceof Command.Normal) {
        callNormal(frame, out);
        teach = true;
      } else if (command instanceof Command.Real) {
        state.certificate.confirmLast();
        state.baselineFor(frame).queue.release();
      } else if (command instanceof Command.Freeze freeze) {
        state.frozen = freeze.frozen();
      } else if (command instanceof Command.Reset) {
        state.closeIfOpen(frame.stamp(), IncidentChange.CloseReason.OPERATOR, out.incidents);
        state.forgetBaseline();
        teach = false;
      } else if (command instanceof Command.Sensitivity sensitivity) {
        state.budgetPerDay = sensitivity.falseAlarmsPerDay();
      }
      out.commands.add(new CommandApplied(command.id(), frame.stamp(), due.late()));
    }
    return teach;
  }

  private void callNormal(Observation frame, FrameSteps out) {
    state.closeIfOpen(frame.stamp(), IncidentChange.CloseReason.OPERATOR, out.incidents);
    state.life.forget();
    Baseline current = state.baselineFor(frame);
    current.teach(current.queue.release());
  }
}
