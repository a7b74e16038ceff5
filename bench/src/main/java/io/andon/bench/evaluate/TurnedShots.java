package io.andon.bench.evaluate;

import io.andon.bench.evaluate.StillRun.Shot;
import io.andon.bench.evaluate.data.StillSet;
import io.andon.bench.evaluate.data.StillSet.Still;
import io.andon.bench.footage.Reel;
import io.andon.detection.DetectorSettings;
import io.andon.embedding.InputShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * More normal pictures out of a few: each is also learnt in the positions in which such a part may
 * lie, as the pictures themselves tell. A position counts if pictures in it look no less usual to a
 * detector that has learnt others of the set as they are; so round parts are turned, while the
 * grain of a surface keeps its direction. After the turned references of AnomalyDINO (arXiv
 * 2405.14529), where a person says whether they are allowed.
 */
final class TurnedShots {
  private static final int FOLDS = 4;

  /** A usual position makes hardly any difference, an unusual one half as much again. */
  private static final double MOST = 1.1;

  private final String set;
  private final InputShape shape;
  private final Progress progress;

  TurnedShots(String set, InputShape shape, Progress progress) {
    this.set = set;
    this.shape = shape;
    this.progress = progress;
  }

  /**
   * Whether so many pictures can tell which positions are usual: without a fold of them a detector
   * still has to end its warm-up.
   */
  static boolean canTell(int pictures) {
    return pictures - (pictures + FOLDS - 1) / FOLDS >= StillSet.FEWEST_TRAIN;
  }

  /** The pictures of which a reel holds the other positions too. */
  static List<Still> heldBy(Reel turned, List<Still> stills, InputShape shape) {
    Set<String> names = turned.names();
    Turn any = Turn.all(shape).get(0);
    return stills.stream().filter(still -> names.contains(name(still.id(), any))).toList();
  }

  /**
   * The pictures as they are, then in each position that counts.
   *
   * @param stills normal pictures
   * @param asTheyAre the same, in the same order
   * @param turned where the turned ones are read from, see {@link Embedding#turned}
   */
  List<Shot> of(List<Still> stills, List<Shot> asTheyAre, Reel turned) throws IOException {
    List<List<Shot>> positions = new ArrayList<>();
    for (Turn turn : Turn.all(shape)) {
      positions.add(StillRun.shots(turned, stills, id -> name(id, turn)));
    }
    double[][] raw = new double[1 + positions.size()][asTheyAre.size()];
    for (int fold = 0; fold < FOLDS; fold++) {
      score(fold, asTheyAre, positions, raw);
    }
    double usual = median(raw[0]);
    List<Shot> all = new ArrayList<>(asTheyAre);
    List<String> counted = new ArrayList<>();
    for (int i = 0; i < positions.size(); i++) {
      if (median(raw[i + 1]) <= MOST * usual) {
        all.addAll(positions.get(i));
        counted.add(Turn.all(shape).get(i).toString());
      }
    }
    progress.note(set + ": normal in " + (1 + counted.size()) + " positions " + counted);
    return all;
  }

  private void score(int fold, List<Shot> asTheyAre, List<List<Shot>> positions, double[][] raw)
      throws IOException {
    List<Shot> learnt = new ArrayList<>();
    for (int i = 0; i < asTheyAre.size(); i++) {
      if (i % FOLDS != fold) {
        learnt.add(asTheyAre.get(i));
      }
    }
    StillRun.Camera camera =
        new StillRun.Camera(set, shape, DetectorSettings.stills(learnt.size()));
    for (Shot shot : learnt) {
      camera.see(shot);
    }
    camera.freeze();
    for (int i = fold; i < asTheyAre.size(); i += FOLDS) {
      raw[0][i] = camera.appearance(asTheyAre.get(i));
      for (int p = 0; p < positions.size(); p++) {
        raw[p + 1][i] = camera.appearance(positions.get(p).get(i));
      }
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** The name of a turned picture in a reel. */
  static String name(String id, Turn turn) {
    return id + "#" + turn;
  }
}
