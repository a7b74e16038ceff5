package io.andon.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Carries out the commands whose capture time has come, before their frame is scored. */
final class CommandDesk {
  private static final List<Region> EVERYWHERE = List.of();

  private final DetectorState state;

  CommandDesk(DetectorState state) {
    this.state = state;
  }

  /**
   * Applies the commands that are due.
   *
   * @param loggedMicros when the frame was written to its log
   * @return where the frame itself is to be learnt as normal: boxes, or none for all of it; null if
   *     it is not
   */
  @Nullable List<Region> applyDue(Observation frame, long loggedMicros, FrameSteps out) {
    List<Region> teach = null;
    long capturedMicros = frame.stamp().capturedMicros();
    for (Command command : state.commands.takeDue(capturedMicros, loggedMicros)) {
      String refusal = "";
      String detail = "";
      if (command instanceof Command.Normal normal) {
        refusal = refusal(normal.region(), frame);
        if (refusal.isEmpty()) {
          teach = callNormal(normal.region(), teach, frame, out);
        }
      } else if (command instanceof Command.Real real) {
        refusal = refusal(real.region(), frame);
        if (refusal.isEmpty()) {
          callReal(real.region(), frame);
        }
      } else if (command instanceof Command.Freeze freeze) {
        state.frozen = freeze.frozen();
      } else if (command instanceof Command.Reset) {
        state.closeIfOpen(frame.stamp(), IncidentChange.CloseReason.OPERATOR, out.incidents);
        state.forgetEverything();
        teach = null;
      } else if (command instanceof Command.Sensitivity sensitivity) {
        state.commandBudget(sensitivity.falseAlarmsPerDay());
      } else if (command instanceof Command.Undo undo) {
        UndoRing.Kept kept = state.undo.newest(state.streamMicros, undo.minutes());
        refusal = kept == null ? nothingToUndo(undo.minutes()) : goBack(kept, frame);
        detail = kept == null ? "" : wentBack(kept);
      }
      boolean refused = !refusal.isEmpty();
      out.commands.add(
          new CommandApplied(
              command.id(), frame.stamp(), isLate(command), refused, refused ? refusal : detail));
    }
    return teach;
  }

  /** Whether an earlier frame was captured after the time that the command names. */
  private boolean isLate(Command command) {
    return state.last != null && command.actsFromMicros() <= state.last.capturedMicros();
  }

  private static String refusal(List<Region> region, Observation frame) {
    for (boolean inside : Region.cells(region, frame.rows(), frame.columns(), frame)) {
      if (inside) {
        return "";
      }
    }
    return String.format(
        Locale.ROOT,
        "region is outside the picture, allowed: within %dx%d",
        frame.pictureWidth(),
        frame.pictureHeight());
  }

  private @Nullable List<Region> callNormal(
      List<Region> region, @Nullable List<Region> before, Observation frame, FrameSteps out) {
    FrameStamp now = frame.stamp();
    if (out.forbidden.length == 0) {
      out.forbidden = state.baselineFor(frame).queue.forbidden();
    }
    if (!region.isEmpty()) {
      Baseline current = state.baselineFor(frame);
      current.teachIn(frame, region, current.queue.quarantined(), false);
      if (before == null || before.isEmpty()) {
        return before == null ? region : before;
      }
      List<Region> all = new ArrayList<>(before);
      all.addAll(region);
      return all;
    }
    state.faults.trust();
    if (state.scenes.isChanged()) {
      state.scenes.adopt(now, IncidentChange.CloseReason.OPERATOR, out.incidents);
      return null;
    }
    state.closeIfOpen(now, IncidentChange.CloseReason.OPERATOR, out.incidents);
    state.life.forget();
    Baseline current = state.baselineFor(frame);
    current.teach(current.queue.release());
    current.gate.trust(Region.cells(EVERYWHERE, frame.rows(), frame.columns(), frame));
    return EVERYWHERE;
  }

  private void callReal(List<Region> region, Observation frame) {
    state.certificate.confirmLast();
    Baseline current = state.baselineFor(frame);
    if (region.isEmpty()) {
      current.queue.release();
    } else {
      boolean[] cells = Region.cells(region, frame.rows(), frame.columns(), frame);
      if (state.life.isOpen()) {
        current.queue.forbid(cells);
      } else {
        current.queue.neverLearn(cells);
      }
    }
  }

  private String nothingToUndo(int minutes) {
    double oldest = state.undo.oldestMinutes(state.streamMicros);
    return oldest < 0
        ? "no baseline snapshot was taken yet"
        : String.format(
            Locale.ROOT,
            "no baseline snapshot is %d minutes old, the oldest is %.1f minutes",
            minutes,
            oldest);
  }

  private String wentBack(UndoRing.Kept kept) {
    return String.format(
        Locale.ROOT,
        "went back to the baseline of %.1f minutes ago, of the frame with play %d, seq %d",
        (state.streamMicros - kept.streamMicros()) / 60e6,
        kept.stamp().play(),
        kept.stamp().seq());
  }

  /** Puts the baseline of then in place of today's; returns why that can't be, or nothing. */
  private String goBack(UndoRing.Kept kept, Observation frame) {
    Baseline then;
    try {
      then = UndoRing.open(kept, state.settings);
    } catch (SnapshotException e) {
      state.undo.forgetAll();
      return "the baseline snapshots can't be read: " + e.getMessage();
    }
    if (!then.shape().equals(FrameShape.of(frame))) {
      return "the baseline snapshot is of other frames";
    }
    Baseline today = state.baseline;
    if (today != null) {
      then.replace(today);
    }
    state.baseline = then;
    state.warmUp.skip();
    state.scenes.forgetChange();
    state.undo.forgetAfter(kept);
    return "";
  }
}
