package io.andon.job.metrics;

import java.util.List;

/** The job's own meters: the one list of their names, units and meanings. */
public enum JobMetric {
  FRAMES("andon.job.frames", Type.COUNTER, "frames", "records read from the frames topic"),
  DEAD_LETTERS(
      "andon.dead.letters",
      Type.COUNTER,
      "records",
      "records set aside, by reason, but for those of the embedding stage: `andon.embed.rejected`",
      "reason"),
  SCORED("andon.scored.frames", Type.COUNTER, "frames", "frames scored"),
  MISSING(
      "andon.missing.frames",
      Type.COUNTER,
      "frames",
      "frames that a camera's numbers leave out: expired before the job read them, never sent, or set"
          + " aside by the job in front of detection"),
  CAPTURE_TO_SCORE(
      "andon.capture.to.score",
      Type.TIMER,
      "seconds",
      "time from capture until a frame is scored, wall clock"),
  CAPTURE_TO_EVENT(
      "andon.capture.to.event",
      Type.TIMER,
      "seconds",
      "time from capture of the frame that caused it until an incident event is written, wall"
          + " clock"),
  INCIDENT_EVENTS(
      "andon.incident.events", Type.COUNTER, "events", "incident events, by kind", "kind"),
  SCORE(
      "andon.score",
      Type.GAUGE,
      "",
      "last score of a camera; 1 is the alarm level; NaN after an incident that closed in silence",
      "camera"),
  STATE(
      "andon.camera.state",
      Type.GAUGE,
      "",
      "state of a camera: 0 warming up, 1 normal, 2 suspicious, 3 incident, 4 camera fault,"
          + " 5 frozen, 6 scene changed, 7 model changed;"
          + " NaN after an incident that closed in silence",
      "camera"),
  CAMERA_INCIDENTS(
      "andon.camera.incidents",
      Type.COUNTER,
      "incidents",
      "incidents opened, of each labelled camera",
      "camera"),
  CAMERA_BUDGET(
      "andon.camera.false.alarm.budget",
      Type.GAUGE,
      "",
      "false alarms a day that the user allows a camera",
      "camera"),
  UNLABELLED_FRAMES(
      "andon.unlabelled.frames",
      Type.COUNTER,
      "frames",
      "frames scored of cameras beyond the bound on labelled cameras"),
  CONTROL_COMMANDS(
      "andon.control.commands", Type.COUNTER, "commands", "commands, by outcome", "outcome"),
  LIVE_CAMERAS(
      "andon.live.cameras", Type.GAUGE, "cameras", "detectors in memory, all of the process"),
  STATE_BYTES(
      "andon.state.written.bytes",
      Type.GAUGE,
      "bytes",
      "detection state written back at the last checkpoint, all of the process"),
  ARCHIVE_SNAPSHOT_TIME(
      "andon.archive.snapshot.time",
      Type.TIMER,
      "seconds",
      "time on the task's thread to take a snapshot for the archive"),
  ARCHIVED("andon.archive.snapshots", Type.COUNTER, "snapshots", "snapshots archived"),
  ARCHIVE_DROPPED(
      "andon.archive.dropped",
      Type.COUNTER,
      "snapshots",
      "snapshots not archived, by reason",
      "reason"),
  ARCHIVE_DELETED(
      "andon.archive.deleted",
      Type.COUNTER,
      "snapshots",
      "archived snapshots deleted after their time or beyond their number"),
  ARCHIVE_DELETE_FAILURES(
      "andon.archive.delete.failures",
      Type.COUNTER,
      "failures",
      "times that old archived snapshots could not be deleted; tried again with the next one");

  /** Kind of a meter. */
  public enum Type {
    COUNTER,
    GAUGE,
    TIMER
  }

  private final String meterName;
  private final Type type;
  private final String unit;
  private final String meaning;
  private final String label;

  JobMetric(String meterName, Type type, String unit, String meaning) {
    this(meterName, type, unit, meaning, "");
  }

  JobMetric(String meterName, Type type, String unit, String meaning, String label) {
    this.meterName = meterName;
    this.type = type;
    this.unit = unit;
    this.meaning = meaning;
    this.label = label;
  }

  /** Micrometer name, {@code andon.<thing>}. */
  public String meterName() {
    return meterName;
  }

  /** Kind of the meter. */
  public Type type() {
    return type;
  }

  /** Unit of the values; empty where they have none. */
  public String unit() {
    return unit;
  }

  /** What it counts or measures. */
  public String meaning() {
    return meaning;
  }

  /** Label keys; the values of each are a bounded list. */
  public List<String> labels() {
    return label.isEmpty() ? List.of() : List.of(label);
  }
}
