package io.andon.bench.evaluate;

import io.andon.bench.evaluate.data.StillSet.Still;
import io.andon.bench.footage.Reel;
import io.andon.detection.CellHeat;
import io.andon.detection.DetectorSettings;
import io.andon.detection.FrameStamp;
import io.andon.detection.Observation;
import io.andon.detection.Verdict;
import io.andon.embedding.InputShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One pass of detection over single pictures: normal ones are learnt, then learning is frozen and
 * each test picture is scored alone.
 *
 * @param train what was said of the pictures that were learnt
 * @param test what was said of the test pictures
 * @param millisAPicture CPU time of detection
 * @param stateBytes size of the camera's state at the end
 */
record StillRun(
    List<ScoredFrame> train, List<ScoredFrame> test, double millisAPicture, int stateBytes) {
  private static final long START_MICROS = 1_700_000_000_000_000L;
  private static final long INTERVAL_MICROS = 1_000_000;

  /** Looks at the heat of test pictures. */
  interface HeatViewer {
    /** One picture, what the reel holds of it, and its heat, which is computed when asked for. */
    void see(Still still, int entry, Observation observation, Supplier<Optional<CellHeat>> heat)
        throws IOException;
  }

  private static Map<String, Integer> entries(Reel reel) {
    Map<String, Integer> entries = new HashMap<>();
    for (int i = 0; i < reel.size(); i++) {
      entries.put(reel.name(i), i);
    }
    return entries;
  }

  /**
   * A picture of a reel.
   *
   * @param still what it is of
   * @param entry its place in the reel
   */
  record Shot(Still still, Reel reel, int entry) {}

  /** The pictures that the reel holds, in their order. */
  static List<Shot> shots(Reel reel, List<Still> stills) {
    return shots(reel, stills, id -> id);
  }

  /** The same, under other names than those of the pictures. */
  static List<Shot> shots(Reel reel, List<Still> stills, UnaryOperator<String> name) {
    Map<String, Integer> entries = entries(reel);
    List<Shot> shots = new ArrayList<>();
    for (Still still : stills) {
      Integer entry = entries.get(name.apply(still.id()));
      if (entry != null) {
        shots.add(new Shot(still, reel, entry));
      }
    }
    return shots;
  }

  static StillRun of(
      String name, InputShape shape, List<Shot> train, List<Shot> test, HeatViewer viewer)
      throws IOException {
    Camera camera = new Camera(name, shape, DetectorSettings.stills(train.size()));
    List<ScoredFrame> learnt = new ArrayList<>();
    for (Shot shot : train) {
      learnt.add(camera.scored(shot, false));
    }
    camera.freeze();
    List<ScoredFrame> tested = new ArrayList<>();
    for (Shot shot : test) {
      tested.add(camera.scored(shot, true));
      viewer.see(
          shot.still(), shot.entry(), shot.reel().observation(shot.entry()), camera.run::lastHeat);
    }
    return new StillRun(learnt, tested, camera.run.millisAFrame(), camera.run.stateBytes());
  }

  /** A camera that takes one picture a second, each of a part of its own. */
  static final class Camera {
    private final DetectorRun run;
    private final InputShape shape;
    private int seen;

    Camera(String name, InputShape shape, DetectorSettings settings) {
      run = new DetectorRun(name, settings);
      this.shape = shape;
    }

    /** What is seen from now on is judged and not learnt. */
    void freeze() {
      run.freeze(micros());
    }

    Verdict see(Shot shot) throws IOException {
      Observation recorded = shot.reel().observation(shot.entry());
      FrameStamp stamp = new FrameStamp(micros(), 1, seen, 0, seen);
      seen++;
      return run.observe(Restamped.alone(recorded, stamp, shape));
    }

    /** Raw score of appearance of a picture. */
    double appearance(Shot shot) throws IOException {
      see(shot);
      return run.lastScores().appearance().raw();
    }

    ScoredFrame scored(Shot shot, boolean isTest) throws IOException {
      Verdict verdict = see(shot);
      return new ScoredFrame(
          shot.still().id(),
          0,
          isTest,
          shot.still().anomalous(),
          verdict.score(),
          verdict.state(),
          run.isWarm(),
          run.lastScores());
    }

    private long micros() {
      return START_MICROS + seen * INTERVAL_MICROS;
    }
  }
}
