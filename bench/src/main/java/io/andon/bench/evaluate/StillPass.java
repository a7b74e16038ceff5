package io.andon.bench.evaluate;

import io.andon.bench.evaluate.StillRun.Shot;
import io.andon.bench.evaluate.data.StillSet;
import io.andon.bench.evaluate.data.StillSet.Still;
import io.andon.bench.footage.Reel;
import io.andon.config.ConfigException;
import io.andon.detection.DetectorSettings;
import java.io.IOException;
import java.util.List;

/**
 * Learns some pictures and scores the test part of a set. Where there are few of them, each is also
 * learnt in the other positions in which it may lie ({@link TurnedShots}): as long as every place
 * has a prototype for each picture.
 */
final class StillPass {
  private static final int FEW = DetectorSettings.stills(2).memory().prototypesPerCell();

  private final StillSet set;
  private final Reel reel;
  private final StillView view;
  private final Embedding embedding;
  private final Progress progress;

  /**
   * @param reel where the pictures of the set are read from, as they are
   * @param embedding makes the turned ones
   */
  StillPass(StillSet set, Reel reel, StillView view, Embedding embedding, Progress progress) {
    this.set = set;
    this.reel = reel;
    this.view = view;
    this.embedding = embedding;
    this.progress = progress;
  }

  /** One pass over the test pictures with these learnt. */
  StillRun of(List<Still> learnt, StillRun.HeatViewer viewer) throws IOException, ConfigException {
    if (learnt.size() > FEW || !TurnedShots.canTell(learnt.size())) {
      return run(StillRun.shots(reel, learnt), viewer);
    }
    try (Reel turned = embedding.turned(set.name(), learnt, view)) {
      List<Still> turnable = TurnedShots.heldBy(turned, learnt, view.shape());
      List<Shot> asTheyAre = StillRun.shots(reel, turnable);
      return run(
          TurnedShots.canTell(turnable.size())
              ? new TurnedShots(set.name(), view.shape(), progress).of(turnable, asTheyAre, turned)
              : asTheyAre,
          viewer);
    }
  }

  private StillRun run(List<Shot> train, StillRun.HeatViewer viewer) throws IOException {
    return StillRun.of(set.name(), view.shape(), train, StillRun.shots(reel, set.test()), viewer);
  }
}
