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

  /** The entries of a reel by picture. */
  static Map<String, Integer> entries(Reel reel) {
    Map<String, Integer> entries = new HashMap<>();
    for (int i = 0; i < reel.size(); i++) {
      entries.put(reel.name(i), i);
    }
    return entries;
  }

  static StillRun of(
      String camera,
      Reel reel,
      InputShape shape,
      List<Still> train,
      List<Still> test,
      HeatViewer viewer)
      throws IOException {
    Map<String, Integer> entries = entries(reel);
    List<Still> learnt = train.stream().filter(s -> entries.containsKey(s.id())).toList();
    List<Still> tested = test.stream().filter(s -> entries.containsKey(s.id())).toList();
    DetectorRun run = new DetectorRun(camera, DetectorSettings.stills(learnt.size()));
    List<ScoredFrame> said = new ArrayList<>();
    for (int i = 0; i < learnt.size() + tested.size(); i++) {
      boolean isTest = i >= learnt.size();
      Still still = isTest ? tested.get(i - learnt.size()) : learnt.get(i);
      int entry = entries.getOrDefault(still.id(), 0);
      long micros = START_MICROS + i * INTERVAL_MICROS;
      if (i == learnt.size()) {
        run.freeze(micros);
      }
      Observation recorded = reel.observation(entry);
      FrameStamp stamp = new FrameStamp(micros, 1, i, 0, i);
      Verdict verdict = run.observe(Restamped.alone(recorded, stamp, shape));
      said.add(
          new ScoredFrame(
              still.id(),
              0,
              isTest,
              still.anomalous(),
              verdict.score(),
              verdict.state(),
              run.lastScores()));
      if (isTest) {
        viewer.see(still, entry, recorded, run::lastHeat);
      }
    }
    return new StillRun(
        said.subList(0, learnt.size()),
        said.subList(learnt.size(), said.size()),
        run.millisAFrame(),
        run.stateBytes());
  }
}
