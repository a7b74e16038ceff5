package io.andon.bench.evaluate;

import io.andon.bench.evaluate.DetectorRun.Incident;
import io.andon.bench.evaluate.VideoStream.Shot;
import io.andon.detection.CellHeat;
import io.andon.detection.DetectorSettings;
import io.andon.detection.Observation;
import io.andon.detection.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One pass of detection over a stream.
 *
 * @param shots the frames
 * @param frames what was said of each
 * @param incidents the incidents, by frame number
 * @param millisAFrame CPU time of detection
 * @param stateBytes size of the camera's state at the end
 */
record VideoRun(
    List<Shot> shots,
    List<ScoredFrame> frames,
    List<Incident> incidents,
    double millisAFrame,
    int stateBytes) {

  /** Looks at the heat of frames where it is wanted. */
  interface HeatViewer {
    /** One frame, its observation, and its heat, which is computed when asked for. */
    void see(Shot shot, Observation observation, Supplier<Optional<CellHeat>> heat)
        throws IOException;
  }

  static VideoRun of(
      String camera,
      VideoStream stream,
      List<Shot> shots,
      DetectorSettings settings,
      HeatViewer viewer)
      throws IOException {
    return of(camera, stream, shots, settings, shot -> false, viewer);
  }

  /**
   * The same with a gate.
   *
   * @param unchanged whether a frame says no more than that the last picture is unchanged
   */
  static VideoRun of(
      String camera,
      VideoStream stream,
      List<Shot> shots,
      DetectorSettings settings,
      Predicate<Shot> unchanged,
      HeatViewer viewer)
      throws IOException {
    DetectorRun run = new DetectorRun(camera, settings);
    List<ScoredFrame> frames = new ArrayList<>();
    stream.play(
        shots,
        (shot, observation, pauseUntil) -> {
          if (pauseUntil != 0) {
            run.silence(pauseUntil - 1, frames.size());
          }
          Verdict verdict =
              unchanged.test(shot) ? run.repeat(observation.stamp()) : run.observe(observation);
          frames.add(
              new ScoredFrame(
                  shot.clip().id(),
                  shot.frame(),
                  shot.clip().isTest(),
                  shot.isAnomalous(),
                  verdict.score(),
                  verdict.state(),
                  run.isWarm(),
                  run.lastScores()));
          viewer.see(shot, observation, run::lastHeat);
        });
    return new VideoRun(shots, frames, run.incidents(), run.millisAFrame(), run.stateBytes());
  }

  List<ScoredFrame> testFrames() {
    return frames.stream().filter(ScoredFrame::test).toList();
  }
}
