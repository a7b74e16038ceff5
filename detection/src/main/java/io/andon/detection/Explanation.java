package io.andon.detection;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts an incident's evidence into one English sentence, the same for the same incident. */
final class Explanation {
  private Explanation() {}

  static String of(IncidentChange change) {
    boolean over = change.kind() == IncidentChange.Kind.CLOSED;
    String text =
        channel(change)
            + cycle(change.cycle())
            + place(change.boxes())
            + (over ? " was up to " : " is up to ")
            + number(change.peakScore())
            + " times its alarm level"
            + (over ? " for " : " since ")
            + number(seconds(change))
            + (over ? " s" : " s ago")
            + (over ? closing(change) : "")
            + "; normal time certifies "
            + number(change.certifiedPerDay())
            + " false alarms a day, budget is "
            + number(change.budgetPerDay())
            + " a day"
            + (change.certified() ? "" : " (not certified yet)");
    return text.substring(0, Math.min(IncidentChange.MAX_EXPLANATION, text.length()));
  }

  private static double seconds(IncidentChange change) {
    return Math.max(0, change.current().capturedMicros() - change.first().capturedMicros()) / 1e6;
  }

  private static String channel(IncidentChange change) {
    return change.channel().name().toLowerCase(Locale.ROOT);
  }

  private static String cycle(@Nullable CycleState cycle) {
    return cycle == null
        ? ""
        : " (takes "
            + number(cycle.currentSeconds())
            + " s, usually "
            + number(cycle.usualSeconds())
            + " s)";
  }

  private static String place(List<HotBox> boxes) {
    if (boxes.isEmpty()) {
      return "";
    }
    HotBox box = boxes.get(0);
    return String.format(
        Locale.ROOT,
        " at x %d to %d, y %d to %d",
        box.x(),
        box.x() + box.width(),
        box.y(),
        box.y() + box.height());
  }

  private static String closing(IncidentChange change) {
    IncidentChange.CloseReason reason = change.closeReason();
    return reason == null
        ? ""
        : ", closed: " + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Four digits at most behind the point, none that say nothing. */
  private static String number(double value) {
    String text = String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.4f" : "%.1f", value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}
