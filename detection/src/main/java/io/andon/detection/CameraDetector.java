package io.andon.detection;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is unusual in the frames of one camera: scores each frame against a rolling baseline
 * of normal ones, calibrates the scores, gathers evidence and leads incidents through their life.
 * See docs/detection.md.
 *
 * <p>Not thread-safe. Deterministic: the same frames and commands in the same order give the same
 * verdicts and snapshots, bit for bit; no wall clock is read. Durations are counted in the
 * detector's own time, which follows capture times but never runs back and steps over gaps, so that
 * a camera's jumping clock neither ends a warm-up nor closes an incident.
 */
public final class CameraDetector {
  private static final long RUN_UP_MICROS = 1_000_000;

  private final String camera;
  private final DetectorSettings settings;
  private final CommandQueue commands = new CommandQueue();
  private final IncidentLife life;
  private final WarmUpClock warmUp;
  private final CameraFaults faults;
  private Certificate certificate = new Certificate();
  private double budgetPerDay;
  private @Nullable FrameStamp last;
  private @Nullable Baseline baseline;
  private long streamMicros;
  private boolean frozen;
  private long faultSince = Long.MIN_VALUE;
  private DetectorScores scores = DetectorScores.NONE;

  private CameraDetector(String camera, DetectorSettings settings) {
    this.camera = camera;
    this.settings = settings;
    life = new IncidentLife(settings.alarm(), camera);
    faults = new CameraFaults(settings.faults());
    warmUp = new WarmUpClock(settings.warmUp());
    budgetPerDay = settings.alarm().falseAlarmsPerDay();
  }

  /**
   * A detector that has seen nothing yet.
   *
   * @param camera id of the camera
   */
  public static CameraDetector create(String camera, DetectorSettings settings) {
    return new CameraDetector(camera, settings);
  }

  /**
   * A detector that goes on where {@link #snapshot} was taken. Under other settings it keeps what
   * still fits.
   *
   * @throws SnapshotException if the bytes are damaged, of another camera or of a later version
   */
  public static CameraDetector restore(String camera, DetectorSettings settings, byte[] snapshot)
      throws SnapshotException {
    CameraDetector detector = new CameraDetector(camera, settings);
    detector.read(SnapshotFormat.open(camera, snapshot));
    return detector;
  }

  /** The whole state as a fresh array that later observations don't touch. */
  public byte[] snapshot() {
    return SnapshotFormat.seal(camera, this::write);
  }

  /** Where a frame stands in this camera's order. */
  public FrameOrder orderOf(FrameStamp stamp) {
    if (last == null || stamp.play() > last.play()) {
      return FrameOrder.NEWER;
    }
    if (stamp.play() < last.play()) {
      return FrameOrder.STALE_PLAY;
    }
    if (stamp.seq() > last.seq()) {
      return FrameOrder.NEWER;
    }
    return stamp.seq() == last.seq() ? FrameOrder.DUPLICATE : FrameOrder.STALE_SEQUENCE;
  }

  /** Whether {@link #observe} takes the frame. */
  public boolean isNewerThanLast(FrameStamp stamp) {
    return orderOf(stamp) == FrameOrder.NEWER;
  }

  /**
   * Scores a frame and learns from those before it.
   *
   * @throws IllegalArgumentException if the frame is not newer than the last one
   */
  public Verdict observe(Observation frame) {
    FrameOrder order = orderOf(frame.stamp());
    if (order != FrameOrder.NEWER) {
      throw new IllegalArgumentException(
          "stamp is " + frame.stamp() + ": " + order + ", allowed: NEWER");
    }
    FrameSteps out = new FrameSteps();
    long stepMicros = advanceTime(frame);
    forgetOtherShape(frame, out);
    boolean teach = applyCommands(frame, out);
    Baseline current = currentBaseline(frame);
    scores = DetectorScores.NONE;
    if (faults.judge(frame, streamMicros, out.health)) {
      current.interrupt(true);
      pauseForFault(frame, out);
    } else {
      faultSince = Long.MIN_VALUE;
      judge(frame, current, stepMicros, teach, out);
    }
    last = frame.stamp();
    return new Verdict(
        frame.stamp(),
        out.score,
        out.pValue,
        state(out.score),
        warmUp.progress(),
        out.incidents,
        out.health,
        out.commands);
  }

  /** What one frame brings about. */
  private static final class FrameSteps {
    final List<IncidentChange> incidents = new ArrayList<>();
    final List<HealthChange> health = new ArrayList<>();
    final List<CommandApplied> commands = new ArrayList<>();
    double score;
    double pValue = 1;
  }

  private long advanceTime(Observation frame) {
    if (last == null) {
      return 0;
    }
    long step = frame.stamp().capturedMicros() - last.capturedMicros();
    long longest = settings.activity().maxGapMillis() * 1_000L;
    boolean gap = step < 0 || step > longest;
    if (baseline != null && (gap || frame.stamp().play() != last.play())) {
      baseline.interrupt(gap);
    }
    long counted = Math.max(0, Math.min(step, longest));
    streamMicros += counted;
    return counted;
  }

  private void forgetOtherShape(Observation frame, FrameSteps out) {
    if (baseline != null && !baseline.shape().equals(FrameShape.of(frame))) {
      closeIfOpen(frame.stamp(), IncidentChange.CloseReason.SPACE_CHANGED, out.incidents);
      forgetBaseline();
    }
  }

  private Baseline currentBaseline(Observation frame) {
    if (baseline == null) {
      baseline = new Baseline(settings, FrameShape.of(frame));
    }
    return baseline;
  }

  private void forgetBaseline() {
    life.forget();
    baseline = null;
    certificate = new Certificate();
    faults.forgetDetail();
    warmUp.restart();
  }

  /** Applies the commands that are due; true if the frame itself is to be learnt as normal. */
  private boolean applyCommands(Observation frame, FrameSteps out) {
    boolean teach = false;
    for (CommandQueue.Waiting due : commands.takeDue(frame.stamp().capturedMicros())) {
      Command command = due.command();
      if (command instanceof Command.Normal) {
        closeIfOpen(frame.stamp(), IncidentChange.CloseReason.OPERATOR, out.incidents);
        life.forget();
        Baseline current = currentBaseline(frame);
        current.teach(current.queue.release());
        teach = true;
      } else if (command instanceof Command.Real) {
        certificate.confirmLast();
        currentBaseline(frame).queue.release();
      } else if (command instanceof Command.Freeze freeze) {
        frozen = freeze.frozen();
      } else if (command instanceof Command.Reset) {
        closeIfOpen(frame.stamp(), IncidentChange.CloseReason.OPERATOR, out.incidents);
        forgetBaseline();
        teach = false;
      } else if (command instanceof Command.Sensitivity sensitivity) {
        budgetPerDay = sensitivity.falseAlarmsPerDay();
      }
      out.commands.add(new CommandApplied(command.id(), frame.stamp(), due.late()));
    }
    return teach;
  }

  /**
   * A faulty picture says nothing of the line; after a while an open incident can't be followed.
   */
  private void pauseForFault(Observation frame, FrameSteps out) {
    if (faultSince == Long.MIN_VALUE) {
      faultSince = streamMicros;
    }
    if (streamMicros - faultSince >= settings.alarm().silenceMillis() * 1_000L) {
      closeIfOpen(frame.stamp(), IncidentChange.CloseReason.SILENT, out.incidents);
    }
  }

  private void judge(
      Observation frame, Baseline current, long stepMicros, boolean teach, FrameSteps out) {
    FrameScores seen = current.score(frame, streamMicros);
    if (teach) {
      current.teach(List.of(current.sample(frame, streamMicros, seen, false)));
    }
    if (!warmUp.isDone()) {
      warmUp(frame, current, seen, stepMicros);
      return;
    }
    Judgement judgement = Judgement.of(current, seen, budgetPerDay, isCertified());
    out.score = judgement.score();
    out.pValue = judgement.pValue();
    IncidentChange.Kind kind =
        teach
            ? null
            : life.step(
                frame.stamp(),
                streamMicros,
                stepMicros,
                out.score,
                out.pValue,
                () -> judgement.peak(frame, current, settings.activity()));
    scores = judgement.scores(life.evidence());
    if (kind == IncidentChange.Kind.CLOSED) {
      closeIfOpen(frame.stamp(), IncidentChange.CloseReason.NORMAL_AGAIN, out.incidents);
    } else if (kind != null) {
      if (kind == IncidentChange.Kind.OPENED) {
        startIncident(current);
      }
      out.incidents.add(
          life.change(
              kind, frame.stamp(), budgetPerDay, certificate.perDay(), frame.space(), null));
    }
    learn(frame, current, seen, stepMicros);
  }

  private void startIncident(Baseline current) {
    certificate.addIncident();
    current.calibration.discardSince(life.firstStream() - RUN_UP_MICROS);
    current.queue.quarantineSince(life.firstStream() - RUN_UP_MICROS);
  }

  private void warmUp(Observation frame, Baseline current, FrameScores seen, long stepMicros) {
    if (frozen) {
      return;
    }
    warmUp.addFrame(stepMicros);
    DetectorSettings.Memory memory = settings.memory();
    current.noteNormal(seen);
    if (warmUp.isSettled() && !current.isEmpty()) {
      current.calibration.add(streamMicros, seen.raw(), true);
    }
    if (current.isDue(streamMicros, memory.warmUpIntervalMillis())) {
      current.queue.delay(current.sample(frame, streamMicros, seen, false));
    }
    current.learnDue(streamMicros, memory.warmUpDelayMillis());
    warmUp.finish(current.calibration.isReady(Channels.APPEARANCE));
  }

  private void learn(Observation frame, Baseline current, FrameScores seen, long stepMicros) {
    if (!life.isOpen()) {
      certificate.addNormalTime(stepMicros);
    }
    if (frozen) {
      return;
    }
    DetectorSettings.Memory memory = settings.memory();
    if (!life.isOpen()) {
      current.calibration.add(streamMicros, seen.raw(), false);
      if (life.evidence() == 0) {
        current.noteNormal(seen);
      }
    }
    if (current.isDue(streamMicros, memory.learnIntervalMillis())) {
      LearningSample sample = current.sample(frame, streamMicros, seen, !life.isOpen());
      if (life.isOpen()) {
        current.queue.quarantine(sample);
      } else {
        current.queue.delay(sample);
      }
    }
    current.learnDue(streamMicros, memory.learnDelayMillis());
  }

  private boolean isCertified() {
    return certificate.perDay() <= budgetPerDay;
  }

  private void closeIfOpen(
      FrameStamp now, IncidentChange.CloseReason reason, List<IncidentChange> changes) {
    if (life.isOpen() && baseline != null) {
      changes.add(
          life.close(now, budgetPerDay, certificate.perDay(), baseline.shape().space(), reason));
    }
  }

  private CameraState state(double score) {
    if (faults.isActive()) {
      return CameraState.CAMERA_FAULT;
    }
    if (!warmUp.isDone()) {
      return CameraState.WARMING_UP;
    }
    if (life.isOpen()) {
      return CameraState.INCIDENT;
    }
    if (score >= settings.alarm().suspiciousScore()) {
      return CameraState.SUSPICIOUS;
    }
    return frozen ? CameraState.FROZEN : CameraState.NORMAL;
  }

  /**
   * Queues a command until the first frame captured at or after the time it names; one whose time
   * has passed acts on the next frame and says that it is late.
   */
  public CommandReceipt accept(Command command) {
    return commands.accept(command, last == null ? Long.MIN_VALUE : last.capturedMicros());
  }

  /**
   * Tells that event time has reached this point without a newer frame of this camera: an incident
   * that is open past {@link #silenceDeadlineMicros} closes.
   *
   * @param eventTimeMicros microseconds since the epoch
   * @return the closing, or nothing
   */
  public List<IncidentChange> silence(long eventTimeMicros) {
    List<IncidentChange> changes = new ArrayList<>();
    if (last != null && eventTimeMicros >= silenceDeadlineMicros()) {
      closeIfOpen(last, IncidentChange.CloseReason.SILENT, changes);
    }
    return changes;
  }

  /**
   * Event time at which an open incident closes if no frame comes, microseconds since the epoch;
   * {@link Long#MAX_VALUE} if none is open.
   */
  public long silenceDeadlineMicros() {
    long patience = settings.alarm().silenceMillis() * 1_000L;
    if (!life.isOpen() || last == null || last.capturedMicros() > Long.MAX_VALUE - patience) {
      return Long.MAX_VALUE;
    }
    return last.capturedMicros() + patience;
  }

  /** What each channel said of the last frame. */
  public DetectorScores lastScores() {
    return scores;
  }

  /** Frames of incidents that wait for an operator's word. */
  public int quarantinedFrames() {
    return baseline == null ? 0 : baseline.queue.quarantined();
  }

  /** Frames that left quarantine unlearnt because it was full, since the baseline was begun. */
  public long quarantineDropped() {
    return baseline == null ? 0 : baseline.queue.quarantineDropped();
  }

  /** The settings it was made with. */
  public DetectorSettings settings() {
    return settings;
  }

  private void write(SnapshotWriter out) {
    int general = out.beginSection(SnapshotFormat.GENERAL);
    out.putOptionalStamp(last);
    out.putLong(streamMicros);
    warmUp.write(out);
    out.putBoolean(frozen);
    out.putLong(faultSince);
    out.putDouble(budgetPerDay);
    certificate.write(out);
    out.endSection(general);
    SnapshotFormat.section(out, SnapshotFormat.COMMANDS, commands::write);
    SnapshotFormat.section(out, SnapshotFormat.FAULTS, faults::write);
    SnapshotFormat.section(out, SnapshotFormat.INCIDENT, life::write);
    SnapshotFormat.section(out, SnapshotFormat.BASELINE, this::writeBaseline);
  }

  private void writeBaseline(SnapshotWriter out) {
    out.putBoolean(baseline != null);
    if (baseline != null) {
      baseline.write(out);
    }
  }

  private void read(SnapshotReader in) throws SnapshotException {
    int end = in.beginSection(SnapshotFormat.GENERAL);
    last = in.takeOptionalStamp();
    streamMicros = in.takeLong();
    warmUp.read(in);
    frozen = in.takeBoolean();
    faultSince = in.takeLong();
    budgetPerDay = CommandQueue.budget(in.takeDouble());
    certificate.read(in);
    in.endSection(end);
    end = in.beginSection(SnapshotFormat.COMMANDS);
    commands.read(in);
    in.endSection(end);
    end = in.beginSection(SnapshotFormat.FAULTS);
    faults.read(in);
    in.endSection(end);
    end = in.beginSection(SnapshotFormat.INCIDENT);
    life.read(in);
    in.endSection(end);
    end = in.beginSection(SnapshotFormat.BASELINE);
    baseline = in.takeBoolean() ? Baseline.read(in, settings) : null;
    in.endSection(end);
    if (warmUp.isDone() && baseline == null) {
      throw SnapshotReader.corrupt("a warm detector has no baseline");
    }
  }
}
