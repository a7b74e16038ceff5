package io.andon.detection;

/** What is learnt from a frame that was scored, and when: in warm-up, later, in an incident. */
final class LearningPolicy {
  private static final long RUN_UP_MICROS = 1_000_000;

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

  void warmUp(Observation frame, Baseline current, FrameScores seen, long stepMicros) {
    if (state.frozen) {
      return;
    }
    long now = state.streamMicros;
    DetectorSettings.Memory memory = state.settings.memory();
    state.warmUp.addFrame(stepMicros);
    current.noteNormal(seen);
    if (state.warmUp.isSettled() && !current.isEmpty()) {
      current.calibration.add(now, seen.raw(), true);
    }
    if (current.isDue(now, memory.warmUpIntervalMillis())) {
      current.queue.delay(current.sample(frame, now, seen, false));
    }
    current.learnDue(now, memory.warmUpDelayMillis());
    state.warmUp.finish(current.calibration.isReady(Channels.APPEARANCE));
  }

  void learn(Observation frame, Baseline current, FrameScores seen, long stepMicros) {
    boolean open = state.life.isOpen();
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
        current.noteNormal(seen);
      }
    }
    if (current.isDue(now, memory.learnIntervalMillis())) {
      LearningSample sample = current.sample(frame, now, seen, !open);
      if (open) {
        current.queue.quarantine(sample);
      } else {
        current.queue.delay(sample);
      }
    }
    current.learnDue(now, memory.learnDelayMillis());
  }
}
