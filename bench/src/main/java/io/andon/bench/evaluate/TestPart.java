package io.andon.bench.evaluate;

import io.andon.bench.evaluate.metrics.Auroc;
import java.util.List;
import java.util.Optional;

/**
 * The frames of a pass that are measured, and whether figures of them say anything of detection: a
 * detector that warms up scores 0 whatever it sees, which would read as an AUROC of 0.5.
 *
 * @param frames what was said of them
 */
record TestPart(List<ScoredFrame> frames) {
  /** No frame met a detector that was warm. */
  static final String COLD = "the detector did not end its warm-up";

  /** All are normal, or all are anomalous. */
  static final String ONE_CLASS = "only one class is left";

  TestPart {
    frames = List.copyOf(frames);
  }

  /** Frames that met a detector still warming up. */
  int cold() {
    return (int) frames.stream().filter(frame -> !frame.warm()).count();
  }

  private boolean isCold() {
    return !frames.isEmpty() && cold() == frames.size();
  }

  private boolean hasBothClasses() {
    long anomalous = frames.stream().filter(ScoredFrame::anomalous).count();
    return anomalous > 0 && anomalous < frames.size();
  }

  /** Why an AUROC of them would say nothing; empty where it says something. */
  Optional<String> emptiness() {
    if (isCold()) {
      return Optional.of(COLD);
    }
    return hasBothClasses() ? Optional.empty() : Optional.of(ONE_CLASS);
  }

  /** AUROC of all of them together, 0..1; NaN where it would say nothing. */
  double auroc() {
    return emptiness().isPresent()
        ? Double.NaN
        : Auroc.of(ScoredFrame.scoresOf(frames), ScoredFrame.truthOf(frames));
  }

  /**
   * Puts how many met a detector still warming up, and says so if any did.
   *
   * @return whether a detector that was warm met any of them
   */
  boolean tell(Figures figures, Progress progress) {
    int cold = cold();
    figures.put("test_frames_in_warm_up", cold);
    if (cold > 0) {
      progress.note(
          String.format(
              "%s: %d of %d test frames met a detector still warming up, which scores 0",
              figures.title(), cold, frames.size()));
    }
    if (isCold()) {
      figures.put("skipped", COLD);
      return false;
    }
    emptiness().ifPresent(reason -> progress.note(figures.title() + ": " + reason));
    return true;
  }
}
