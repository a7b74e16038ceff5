package io.andon.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is unusual in the frames of one camera: scores each frame against a rolling baseline
 * of normal ones, calibrates the scores, gathers evidence and leads incidents through their life.
 * See docs/detection.md.
 *
 * <p>Not thread-safe. Deterministic: the same frames and commands in the same order give the same
 * verdicts and snapshots, bit for bit; no wall clock is read. Durations are counted in the
 * detector's own time, which follows capture times but never runs back and steps over gaps, so that
 * a camera's jumping clock ends no warm-up. An incident is over, silent, where the next frame was
 * captured {@link #silenceDeadlineMicros} or later: {@link #silence} says the same, only sooner.
 */
public final class CameraDetector {
  private final DetectorState state;
  private final DetectorSnapshots snapshots;
  private final CommandDesk desk;
  private final LearningPolicy learning;
  private DetectorScores scores = DetectorScores.NONE;
  private @Nullable Judgement judged;

  private CameraDetector(String camera, DetectorSettings settings) {
    state = new DetectorState(camera, settings);
    snapshots = new DetectorSnapshots(camera, state);
    desk = new CommandDesk(state);
    learning = new LearningPolicy(state);
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
    return restore(camera, settings, snapshot, Map.of());
  }

  /**
   * A detector that goes on where {@link #snapshot} or {@link #snapshotWithoutUndo} was taken.
   *
   * @param undo the {@link #undoSnapshots} of that time, where the snapshot is without; others may
   *     be among them. The detector keeps the arrays.
   * @throws SnapshotException if the bytes are damaged, of another camera or of a later version, or
   *     an undo snapshot is missing
   */
  public static CameraDetector restore(
      String camera, DetectorSettings settings, byte[] snapshot, Map<Long, byte[]> undo)
      throws SnapshotException {
    CameraDetector detector = new CameraDetector(camera, settings);
    detector.state.read(SnapshotFormat.open(camera, snapshot), undo);
    return detector;
  }

  /** The whole state as a fresh array that later observations don't touch. */
  public byte[] snapshot() {
    return snapshots.whole();
  }

  /**
   * The state but for the bytes of {@link #undoSnapshots}, as a fresh array that later observations
   * don't touch. They are most of the state after an hour and never change: who stores both stores
   * each of them once.
   */
  public byte[] snapshotWithoutUndo() {
    return snapshots.withoutUndo();
  }

  /**
   * Undo snapshots of now by their numbers, which no other one of this camera ever has. The arrays
   * are the detector's own: they never change and are not to be changed.
   */
  public SortedMap<Long, byte[]> undoSnapshots() {
    return state.undo.bytes();
  }

  /** Where a frame stands in this camera's order. */
  public FrameOrder orderOf(FrameStamp stamp) {
    return FrameOrder.of(stamp, state.last);
  }

  /**
   * How many frames of the same play lie between the last frame and this one: 0 where frames come
   * without gaps, and at the first frame of a play.
   */
  public long gapBefore(FrameStamp stamp) {
    FrameStamp last = state.last;
    return last == null || stamp.play() != last.play() || stamp.seq() <= last.seq()
        ? 0
        : stamp.seq() - last.seq() - 1;
  }

  /** The last frame that was observed or repeated; nothing before the first. */
  public Optional<FrameStamp> lastFrame() {
    return Optional.ofNullable(state.last);
  }

  /**
   * Scores a frame and learns from those before it; it is on no log, so that every command was
   * given before it.
   *
   * @throws IllegalArgumentException if the frame is not newer than the last one
   */
  public Verdict observe(Observation frame) {
    return observe(frame, Long.MAX_VALUE);
  }

  /**
   * Scores a frame and learns from those before it.
   *
   * @param loggedMicros when it was written to its log, microseconds since the epoch: commands that
   *     were given later don't act on it
   * @throws IllegalArgumentException if the frame is not newer than the last one
   */
  public Verdict observe(Observation frame, long loggedMicros) {
    requireNewer(frame.stamp());
    state.picture.see(frame);
    return observe(frame, loggedMicros, false);
  }

  /**
   * Whether {@link #repeat} can stand for a frame: the picture that was seen last is that of this
   * frame, in this embedding space.
   */
  public boolean canRepeat(long play, long seq, String space) {
    return state.picture.isOf(play, seq, space);
  }

  /**
   * Scores a frame that says nothing but that its picture is unchanged: the last picture is judged
   * again, now, and nothing has moved. Evidence, calibration, the machine's cycle and every
   * duration go on as with any frame; the picture itself is not learnt a second time.
   *
   * @param stamp the frame
   * @param broken true where ingest says that frames are missing or damaged before this one
   * @param loggedMicros when it was written to its log, see {@link #observe(Observation, long)}
   * @throws IllegalArgumentException if the frame is not newer than the last one
   * @throws IllegalStateException if no picture was seen yet
   */
  public Verdict repeat(FrameStamp stamp, boolean broken, long loggedMicros) {
    requireNewer(stamp);
    return observe(state.picture.picture().at(stamp, broken), loggedMicros, true);
  }

  /** The same of a frame that is on no log. */
  public Verdict repeat(FrameStamp stamp, boolean broken) {
    return repeat(stamp, broken, Long.MAX_VALUE);
  }

  private void requireNewer(FrameStamp stamp) {
    FrameOrder order = orderOf(stamp);
    if (order != FrameOrder.NEWER) {
      throw new IllegalArgumentException("stamp is " + stamp + ": " + order + ", allowed: NEWER");
    }
  }

  private Verdict observe(Observation frame, long loggedMicros, boolean again) {
    FrameSteps out = new FrameSteps(again);
    out.incidents.addAll(silence(frame.stamp().capturedMicros()));
    long stepMicros = state.advanceTime(frame);
    forgetOtherShape(frame, out);
    List<Region> teach = desk.applyDue(frame, loggedMicros, out);
    Baseline current = state.baselineFor(frame);
    scores = DetectorScores.NONE;
    judged = null;
    if (state.faults.judge(frame, again, state.streamMicros, out.health)) {
      current.interrupt(true);
      state.pauseForFault(frame, out);
    } else {
      state.faultSince = Long.MIN_VALUE;
      judge(frame, current, stepMicros, teach, out);
    }
    state.last = frame.stamp();
    return new Verdict(
        frame.stamp(),
        out.score,
        out.pValue,
        state.named(out),
        state.warmUp.progress(),
        out.incidents,
        out.health,
        out.commands);
  }

  private void forgetOtherShape(Observation frame, FrameSteps out) {
    if (state.baseline != null && !state.baseline.shape().equals(FrameShape.of(frame))) {
      state.closeIfOpen(frame.stamp(), IncidentChange.CloseReason.SPACE_CHANGED, out.incidents);
      out.modelChanged = !state.baseline.shape().space().equals(frame.space());
      state.forgetEverything();
    }
  }

  private void judge(
      Observation frame,
      Baseline current,
      long stepMicros,
      @Nullable List<Region> teach,
      FrameSteps out) {
    FrameScores seen = current.score(frame, state.picture, out.again, state.streamMicros);
    if (teach != null && current.isStudied()) {
      teach(current, seen, teach, out.forbidden);
    }
    if (state.warmUp.isDone()) {
      judgeWarm(frame, current, seen, stepMicros, teach == null, out);
    } else {
      learning.warmUp(frame, current, seen, stepMicros, out.again);
    }
    state.scenes.follow(frame, current, seen, out);
  }

  private void teach(Baseline current, FrameScores seen, List<Region> region, boolean[] forbidden) {
    Observation frame = state.picture.picture();
    boolean[] skip = forbidden.length == 0 ? new boolean[frame.cells()] : forbidden.clone();
    List<LearningSample> itself = List.of(current.sample(frame, state.streamMicros, seen, skip));
    if (region.isEmpty()) {
      current.teach(itself);
    } else {
      current.teachIn(frame, region, itself, current.isCalmOutside(frame, region, seen));
    }
  }

  private void judgeWarm(
      Observation frame,
      Baseline current,
      FrameScores seen,
      long stepMicros,
      boolean asEvidence,
      FrameSteps out) {
    current.gate.watch(seen.distances(), stepMicros);
    Judgement judgement = Judgement.of(current, seen, state);
    judged = judgement;
    out.score = judgement.score();
    out.pValue = judgement.pValue();
    IncidentChange.Kind kind = asEvidence ? step(frame, current, judgement, stepMicros, out) : null;
    scores = judgement.scores(state.life.evidence());
    tell(kind, frame, current, out);
    learning.learn(frame, current, seen, judgement, stepMicros, out.again);
  }

  private IncidentChange.@Nullable Kind step(
      Observation frame, Baseline current, Judgement judgement, long stepMicros, FrameSteps out) {
    return state.life.step(
        frame.stamp(),
        state.streamMicros,
        stepMicros,
        judgement.strength(),
        out.pValue,
        () -> judgement.peak(state.picture.picture(), current, state.settings.activity()));
  }

  private void tell(
      IncidentChange.@Nullable Kind kind, Observation frame, Baseline current, FrameSteps out) {
    if (kind == null) {
      return;
    }
    if (kind == IncidentChange.Kind.CLOSED) {
      state.closeIfOpen(frame.stamp(), IncidentChange.CloseReason.NORMAL_AGAIN, out.incidents);
      return;
    }
    if (kind == IncidentChange.Kind.OPENED) {
      learning.startIncident(current);
    }
    out.incidents.add(
        state.life.change(
            kind,
            frame.stamp(),
            state.budgetPerDay,
            state.certificate.perDay(),
            frame.space(),
            null));
  }

  /** Queues a command that was given before any frame, see {@link #accept(Command, long)}. */
  public CommandReceipt accept(Command command) {
    return accept(command, Long.MIN_VALUE);
  }

  /**
   * Queues a command until the first frame that was captured at or after the time it names and
   * written to its log no earlier than the command to its own. One whose time has passed by then
   * says that it is late.
   *
   * @param givenMicros when the command was written to its log, microseconds since the epoch
   */
  public CommandReceipt accept(Command command, long givenMicros) {
    return state.commands.accept(command, givenMicros);
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
    if (state.last != null && eventTimeMicros >= silentFromMicros(state.last)) {
      state.giveUp(state.last, changes);
    }
    return changes;
  }

  /**
   * Ends what is open, as of the last frame: the camera is gone for good, and its detector is to be
   * thrown away.
   *
   * @return nothing if no frame of the camera was ever seen
   */
  public Optional<OpenEnds> retire() {
    if (state.last == null) {
      return Optional.empty();
    }
    List<IncidentChange> incidents = new ArrayList<>();
    state.closeIfOpen(state.last, IncidentChange.CloseReason.OPERATOR, incidents);
    return Optional.of(new OpenEnds(state.last, incidents, state.faults.endAll(state.last)));
  }

  /**
   * Event time at which an open incident closes if no frame comes, microseconds since the epoch;
   * {@link Long#MAX_VALUE} if none is open.
   */
  public long silenceDeadlineMicros() {
    FrameStamp last = state.last;
    return !state.life.isOpen() || last == null ? Long.MAX_VALUE : silentFromMicros(last);
  }

  private long silentFromMicros(FrameStamp last) {
    long patience = state.silenceMicros();
    return last.capturedMicros() > Long.MAX_VALUE - patience
        ? Long.MAX_VALUE
        : last.capturedMicros() + patience;
  }

  /** What each channel said of the last frame. */
  public DetectorScores lastScores() {
    return scores;
  }

  /** Heat of the last frame's cells; empty in warm-up and for a frame that shows a camera fault. */
  public Optional<CellHeat> lastHeat() {
    return judged == null || state.baseline == null
        ? Optional.empty()
        : Optional.of(judged.heat(state.baseline.shape()));
  }

  /** Frames of incidents that wait for an operator's word. */
  public int quarantinedFrames() {
    return state.baseline == null ? 0 : state.baseline.queue.quarantined().size();
  }

  /** Frames that left quarantine unlearnt because it was full, since the baseline was begun. */
  public long quarantineDropped() {
    return state.baseline == null ? 0 : state.baseline.queue.quarantineDropped();
  }

  /**
   * The detector's own time: what it has seen of this camera, gaps left out, microseconds. Never
   * runs back.
   */
  public long ownTimeMicros() {
    return state.streamMicros;
  }

  /** Whether warm-up is done. */
  public boolean isWarm() {
    return state.warmUp.isDone();
  }

  /** False alarms a day that the user allows: the settings' or the last command's. */
  public double falseAlarmsPerDay() {
    return state.budgetPerDay;
  }

  /** The settings it was made with. */
  public DetectorSettings settings() {
    return state.settings;
  }
}
