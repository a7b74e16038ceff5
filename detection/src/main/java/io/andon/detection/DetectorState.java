package io.andon.detection;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a camera's detector remembers between frames, and how it goes into a snapshot and comes
 * back. What a snapshot of an earlier version lacks starts empty.
 */
final class DetectorState {
  /** A camera is silent when so many frames in a row did not come. */
  private static final int SILENT_INTERVALS = 4;

  private static final int INTERVALS_AVERAGED = 16;
  private static final long LONGEST_INTERVAL_MICROS = 600_000_000;

  final DetectorSettings settings;
  final CommandQueue commands = new CommandQueue();
  final IncidentLife life;
  final WarmUpClock warmUp;
  final CameraFaults faults;
  final Scenes scenes;
  final UndoRing undo;
  final LastPicture picture = new LastPicture();
  Certificate certificate = new Certificate();
  double budgetPerDay;

  /** Whether a command set the budget, rather than the settings. */
  boolean budgetCommanded;

  @Nullable FrameStamp last;
  @Nullable Baseline baseline;

  /** The detector's own time, which never runs back and steps over gaps. */
  long streamMicros;

  boolean frozen;

  /** Whether some places looked unusual at any time of the open incident. */
  boolean cellsSpoke;

  long faultSince = Long.MIN_VALUE;

  /** Microseconds between frames, 0 before there were two. */
  private long usualInterval;

  DetectorState(String camera, DetectorSettings settings) {
    this.settings = settings;
    life = new IncidentLife(settings.alarm(), camera);
    faults = new CameraFaults(settings.faults(), settings.sceneChange().adoptMillis());
    warmUp = new WarmUpClock(settings.warmUp());
    budgetPerDay = settings.alarm().falseAlarmsPerDay();
    undo = new UndoRing(settings.undo());
    scenes = new Scenes(this);
  }

  /**
   * Lets the detector's own time follow a frame's.
   *
   * @return by how much, microseconds
   */
  long advanceTime(Observation frame) {
    if (last == null) {
      return 0;
    }
    long step = frame.stamp().capturedMicros() - last.capturedMicros();
    noteInterval(step);
    long longest = settings.activity().maxGapMillis() * 1_000L;
    boolean gap = step < 0 || step > longest;
    if (baseline != null && (gap || frame.stamp().play() != last.play())) {
      baseline.interrupt(gap);
    }
    long counted = Math.max(0, Math.min(step, longest));
    streamMicros += counted;
    return counted;
  }

  /** One outage hardly counts, and a clock that is set back does not. */
  private void noteInterval(long step) {
    long bounded = Math.max(0, Math.min(step, LONGEST_INTERVAL_MICROS));
    if (usualInterval == 0) {
      usualInterval = bounded;
    } else if (bounded > 0) {
      long counted = Math.min(bounded, SILENT_INTERVALS * usualInterval);
      usualInterval = Math.max(1, usualInterval + (counted - usualInterval) / INTERVALS_AVERAGED);
    }
  }

  /**
   * A faulty picture says nothing of the line; after a while an open incident can't be followed.
   */
  void pauseForFault(Observation frame, FrameSteps out) {
    if (faultSince == Long.MIN_VALUE) {
      faultSince = streamMicros;
    }
    long patience = settings.alarm().silenceMillis() * 1_000L;
    if (streamMicros - faultSince >= patience) {
      giveUp(frame.stamp(), out.incidents);
    }
  }

  /** What is open can't be followed any longer; what only began to show is forgotten. */
  void giveUp(FrameStamp now, List<IncidentChange> changes) {
    if (life.isOpen()) {
      closeIfOpen(now, IncidentChange.CloseReason.SILENT, changes);
    } else {
      life.forget();
    }
  }

  /**
   * Time without a frame after which the camera is taken for silent, microseconds: that of the
   * settings, or some of its own intervals where it gives frames more rarely.
   */
  long silenceMicros() {
    return Math.max(settings.alarm().silenceMillis() * 1_000L, SILENT_INTERVALS * usualInterval);
  }

  /** The baseline, begun with this frame if there is none. */
  Baseline baselineFor(Observation frame) {
    if (baseline == null) {
      baseline = new Baseline(settings, FrameShape.of(frame));
    }
    return baseline;
  }

  /** Forgets the baseline, and the incident: the next frame starts a warm-up. */
  void forgetBaseline() {
    life.forget();
    scenes.forgetChange();
    baseline = null;
    certificate = new Certificate();
    faults.forgetDetail();
    warmUp.restart();
  }

  /** Forgets the baseline and those that it could go back to. */
  void forgetEverything() {
    forgetBaseline();
    scenes.forgetAll();
    undo.forgetAll();
  }

  /** Sets the false alarms a day that an operator allows; it outlives other settings. */
  void commandBudget(double perDay) {
    setBudget(perDay);
    budgetCommanded = true;
  }

  private void setBudget(double perDay) {
    if (perDay > budgetPerDay) {
      certificate.budgetRose();
      scenes.budgetRose();
    }
    budgetPerDay = perDay;
  }

  boolean isCertified() {
    return certificate.perDay() <= budgetPerDay;
  }

  /** The state that a frame leaves the camera in. */
  CameraState named(FrameSteps out) {
    if (out.modelChanged) {
      return CameraState.MODEL_CHANGED;
    }
    if (faults.isActive()) {
      return CameraState.CAMERA_FAULT;
    }
    if (!warmUp.isDone()) {
      return CameraState.WARMING_UP;
    }
    if (life.isOpen()) {
      return scenes.isChanged() ? CameraState.SCENE_CHANGED : CameraState.INCIDENT;
    }
    if (out.score >= settings.alarm().suspiciousScore()) {
      return CameraState.SUSPICIOUS;
    }
    return frozen ? CameraState.FROZEN : CameraState.NORMAL;
  }

  /** Closes the incident, if one is open, and adds the closing to the changes. */
  void closeIfOpen(
      FrameStamp now, IncidentChange.CloseReason reason, List<IncidentChange> changes) {
    if (life.isOpen() && baseline != null) {
      IncidentChange closed =
          life.close(now, budgetPerDay, certificate.perDay(), baseline.shape().space(), reason);
      if (reason == IncidentChange.CloseReason.NORMAL_AGAIN
          || reason == IncidentChange.CloseReason.SILENT) {
        certificate.endIncident(closed, streamMicros, settings.alarm().drift(), budgetPerDay);
      }
      changes.add(closed);
      baseline.incidentClosed();
      boolean isNormal =
          reason == IncidentChange.CloseReason.NORMAL_AGAIN
              || reason == IncidentChange.CloseReason.OPERATOR;
      baseline.calibration.endAlarm(isNormal && !certificate.lastIsReal());
    }
  }

  /**
   * Writes all of it.
   *
   * @param whole with the bytes of undo snapshots, which else are kept apart
   */
  void write(SnapshotWriter out, boolean whole) {
    SnapshotFormat.section(out, SnapshotFormat.GENERAL, this::writeGeneral);
    SnapshotFormat.section(out, SnapshotFormat.COMMANDS, commands::write);
    SnapshotFormat.section(out, SnapshotFormat.FAULTS, faults::write);
    SnapshotFormat.section(out, SnapshotFormat.INCIDENT, life::write);
    SnapshotFormat.section(out, SnapshotFormat.BASELINE, this::writeBaseline);
    SnapshotFormat.section(out, SnapshotFormat.SCENES, scenes::write);
    SnapshotFormat.section(out, SnapshotFormat.UNDO, section -> undo.write(section, whole));
    SnapshotFormat.section(out, SnapshotFormat.PICTURE, picture::write);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param undoApart bytes of undo snapshots that were kept apart
   */
  void read(SnapshotReader in, Map<Long, byte[]> undoApart) throws SnapshotException {
    double configuredPerDay = budgetPerDay;
    in.section(SnapshotFormat.GENERAL, this::readGeneral);
    in.section(SnapshotFormat.COMMANDS, commands::read);
    in.section(SnapshotFormat.FAULTS, faults::read);
    in.section(SnapshotFormat.INCIDENT, life::read);
    in.section(SnapshotFormat.BASELINE, this::readBaseline);
    if (in.version() >= 2) {
      in.section(SnapshotFormat.SCENES, scenes::read);
      in.section(SnapshotFormat.UNDO, section -> undo.read(section, undoApart));
    }
    if (in.version() >= 3) {
      in.section(SnapshotFormat.PICTURE, picture::read);
      picture.ifSeen(faults::resume);
    }
    in.expectEnd();
    if (!budgetCommanded) {
      setBudget(configuredPerDay);
    }
    if (warmUp.isDone() && baseline == null) {
      throw SnapshotReader.corrupt("a warm detector has no baseline");
    }
  }

  private void writeGeneral(SnapshotWriter out) {
    out.putOptionalStamp(last);
    out.putLong(streamMicros);
    warmUp.write(out);
    out.putBoolean(frozen);
    out.putLong(faultSince);
    out.putDouble(budgetPerDay);
    certificate.write(out);
    out.putBoolean(cellsSpoke);
    out.putBoolean(budgetCommanded);
    out.putLong(usualInterval);
  }

  private void readGeneral(SnapshotReader in) throws SnapshotException {
    last = in.takeOptionalStamp();
    streamMicros = in.takeLong();
    warmUp.read(in);
    frozen = in.takeBoolean();
    faultSince = in.takeLong();
    double budget = CommandQueue.budget(in.takeDouble());
    certificate.read(in);
    cellsSpoke = in.version() >= 2 && in.takeBoolean();
    // Earlier versions don't tell; a command that was lost would be worse than a setting that
    // waits.
    budgetCommanded = in.version() < 4 || in.takeBoolean();
    budgetPerDay = budget;
    usualInterval =
        in.version() < 7 ? 0 : Math.max(0, Math.min(in.takeLong(), LONGEST_INTERVAL_MICROS));
  }

  private void writeBaseline(SnapshotWriter out) {
    out.putBoolean(baseline != null);
    if (baseline != null) {
      baseline.write(out);
    }
  }

  private void readBaseline(SnapshotReader in) throws SnapshotException {
    baseline = in.takeBoolean() ? Baseline.read(in, settings) : null;
  }
}
