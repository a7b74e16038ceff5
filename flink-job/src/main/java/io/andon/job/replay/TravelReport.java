package io.andon.job.replay;

import io.andon.contracts.CapturedFrame;
import io.andon.contracts.IncidentEvent;
import io.andon.detection.DetectorScores;
import io.andon.detection.DetectorScores.ChannelScore;
import java.io.PrintWriter;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Tells people what a replay gave. */
final class TravelReport {
  private static final double UNKNOWN_RATE = 1e9;

  private final PrintWriter out;

  TravelReport(PrintWriter out) {
    this.out = out;
  }

  /** Prints the outcome; its first word is what a script looks for. */
  void print(Reproduction result, Duration took) {
    IncidentEvent event = result.target().event();
    List<String> differences = result.differences();
    if (!differences.isEmpty()) {
      out.println("DIFFERS     " + event.eventId());
      differences.forEach(line -> out.println("  " + line));
    } else if (result.isSameBytes()) {
      out.println("REPRODUCED  " + event.eventId() + ", the same bytes");
    } else {
      out.println(
          "REPRODUCED  "
              + event.eventId()
              + ", the same content (the event is formatted otherwise)");
    }
    if (result.settingsDiffer()) {
      out.println(
          "  note        this program's detector has other built-in settings than the one that"
              + " archived the snapshot");
    }
    event(event);
    channels(result.atPeak());
    evidence(event);
    replayed(result, took);
  }

  private void event(IncidentEvent event) {
    row(
        "camera",
        "%s, %s%s, score %.2f by %s (1 is the alarm level)",
        event.camera(),
        event.kind().wireName(),
        event.closeReason() == null ? "" : " " + event.closeReason().wireName(),
        event.peakScore(),
        event.channel().wireName());
    row("first", "%s", frame(event.first()));
    row("peak", "%s", frame(event.peak()));
    row("current", "%s", frame(event.current()));
  }

  private static String frame(CapturedFrame frame) {
    return "%s  play %d, seq %d, %s/%d@%d"
        .formatted(
            Instant.EPOCH.plus(frame.capturedMicros(), ChronoUnit.MICROS),
            frame.frame().play(),
            frame.frame().seq(),
            frame.frame().topic(),
            frame.frame().partition(),
            frame.frame().offset());
  }

  private void channels(@org.jspecify.annotations.Nullable DetectorScores scores) {
    if (scores == null) {
      return;
    }
    row("at the peak", "%-11s %10s %10s %10s", "channel", "raw", "score", "p");
    for (RecordComponent field : DetectorScores.class.getRecordComponents()) {
      try {
        if (field.getAccessor().invoke(scores) instanceof ChannelScore score) {
          row(
              "",
              "%-11s %10.4f %10.4f %10.6f",
              field.getName(),
              score.raw(),
              score.score(),
              score.pValue());
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record's own accessor fails", e);
      }
    }
  }

  private void evidence(IncidentEvent event) {
    row("evidence", "%.2f, where 1 opens an incident", event.evidence());
    row(
        "budget",
        "%s false alarms a day are allowed; %s",
        number(event.budgetPerDay()),
        event.certified()
            ? "the normal time seen certifies that"
            : event.certifiedPerDay() >= UNKNOWN_RATE
                ? "too little normal time was seen to certify any rate"
                : "not certified: what can be certified so far is "
                    + number(event.certifiedPerDay())
                    + " a day");
  }

  private void replayed(Reproduction result, Duration took) {
    double ahead =
        (result.target().event().first().capturedMicros()
                - result.snapshot().last().capturedMicros())
            / 1e6;
    row("snapshot", "%s, %.1f s before the first frame", result.location(), ahead);
    row(
        "replayed",
        "%d frames, %d commands, in %.1f s",
        result.frames(),
        result.commands(),
        took.toMillis() / 1e3);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
  }

  private void row(String name, String format, Object... values) {
    out.printf(Locale.ROOT, "  %-11s %s%n", name, String.format(Locale.ROOT, format, values));
  }
}
