package io.andon.detection;

import java.util.List;

/**
 * What is learnt from a frame that was scored, and when: in warm-up, later, in an incident. A
 * picture that is there again is not learnt again; the next other one is, as soon as one is due.
 */
final class LearningPolicy {
  private static final long RUN_UP_MICROS = 1_000_000;
  private static final double ALL_ALIKE = 0.98;

  private final DetectorState state;

  LearningPolicy(DetectorState state) {
    this.state = state;
  }

  /** An incident opened: what led up to it is not learnt either. */
  void startIncident(Baseline current) {
    state.certificate.addIncident();
    current.calibration.discardSince(state.life.firstStream() - RUN_UP_MICROS);
    current.queue.quarantineSince(state.life.firstStream() - RUN_UP_MICROS);
  }

  void warmUp(
      Observation frame, Baseline current, FrameScores seen, long stepMicros, boolean again) {
    if (state.frozen) {
      return;
    }
    long now = state.streamMicros;
    DetectorSettings.Memory memory = state.settings.memory();
    state.warmUp.addFrame(stepMicros);
    if (!current.isStudied()) {
      if (!again) {
        study(frame, current);
      }
      return;
    }
    current.noteNormal(seen, again);
    if (state.warmUp.isSettled() && !current.isEmpty()) {
      current.calibration.add(now, seen.raw(), true);
    }
    if (!again && current.isDue(now, memory.warmUpIntervalMillis())) {
      current.noteQueued(now);
      current.queue.delay(current.sample(frame, now, seen, current.warmUpSkip(frame, seen, now)));
    }
    current.learnDue(now, memory.warmUpDelayMillis(), false);
    finishWarmUp(current);
  }

  private void study(Observation frame, Baseline current) {
    long now = state.streamMicros;
    if (!current.isDue(now, studyIntervalMillis())) {
      return;
    }
    current.noteQueued(now);
    List<double[]> scores = current.study(frame);
    long block = state.settings.calibration().blockMillis() * 1_000L;
    for (int i = 0; i < scores.size(); i++) {
      current.calibration.add(now - (scores.size() - i) * block, scores.get(i), true);
    }
    finishWarmUp(current);
  }

  /** A quarter of the warm-up is for studying, or less where frames are learnt more often. */
  private int studyIntervalMillis() {
    DetectorSettings.Memory memory = state.settings.memory();
    int quarter = state.settings.warmUp().millis() / 4;
    return Math.min(memory.learnIntervalMillis(), quarter / memory.studyFrames());
  }

  private void finishWarmUp(Baseline current) {
    state.warmUp.finish(current.calibration.isReady(Channels.APPEARANCE));
    if (state.warmUp.isDone()) {
      current.warmUpDone();
    }
  }

  void learn(
      Observation frame,
      Baseline current,
      FrameScores seen,
      Judgement judgement,
      long stepMicros,
      boolean again) {
    boolean open = state.life.isOpen();
    state.cellsSpoke = open && (state.cellsSpoke || judgement.score(Channels.APPEARANCE) >= 1);
    if (!open) {
      state.certificate.addNormalTime(stepMicros);
    }
    if (state.frozen) {
      return;
    }
    long now = state.streamMicros;
    DetectorSettings.Memory memory = state.settings.memory();
    if (!open) {
      current.calibration.add(now, seen.raw(), false);
      if (state.life.evidence() == 0) {
        current.noteNormal(seen, again);
      }
    } else {
      current.calibration.addAlarmed(seen.raw());
    }
    int interval =
        Math.max(
            memory.learnIntervalMillis(), current.queue.closestMillis(memory.learnDelayMillis()));
    if (!again && current.isDue(now, interval)) {
      current.noteQueued(now);
      if (open) {
        current.queue.quarantine(current.sample(frame, now, seen, new boolean[frame.cells()]));
        current.queue.delay(calmParts(frame, current, seen, judgement));
      } else {
        current.queue.delay(current.sample(frame, now, seen, current.gate.skip(seen.distances())));
      }
    }
    current.learnDue(now, memory.learnDelayMillis(), open);
    state.undo.keepIfDue(current, now, frame.stamp());
  }

  /** What may be learnt of a frame in an incident: what it does not touch. */
  private LearningSample calmParts(
      Observation frame, Baseline current, FrameScores seen, Judgement judgement) {
    double quiet = state.settings.alarm().quietScore();
    LearningSample sample =
        current.sample(frame, state.streamMicros, seen, current.gate.strictSkip(seen.distances()));
    return new LearningSample(
        sample.streamMicros(),
        sample.stamp(),
        sample.patches(),
        sample.pooled(),
        judgement.score(Channels.ACTIVITY) < quiet ? sample.activity() : new double[0],
        sample.skip(),
        sample.never(),
        judgement.score(Channels.SCENE) < quiet || isGoneAgain(current, seen));
  }

  /** What was unusual in some places has left all of them: what the scene still shows is drift. */
  private boolean isGoneAgain(Baseline current, FrameScores seen) {
    return state.cellsSpoke && current.gate.likeness(seen.distances()) >= ALL_ALIKE;
  }
}
