package io.andon.bench.evaluate;

import io.andon.bench.evaluate.data.StillSet;
import io.andon.bench.evaluate.data.StillSet.Still;
import io.andon.bench.evaluate.metrics.Auroc;
import io.andon.bench.footage.Reel;
import io.andon.embedding.InputShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Poisons the learning: a share of the train pictures, drawn at random, is replaced by defective
 * test pictures, which leave the test; what remains of it is scored with and without the poison.
 */
final class StillContamination {
  private final StillSet set;
  private final Reel reel;
  private final InputShape shape;
  private final long seed;
  private final Progress progress;

  StillContamination(StillSet set, Reel reel, InputShape shape, long seed, Progress progress) {
    this.set = set;
    this.reel = reel;
    this.shape = shape;
    this.seed = seed;
    this.progress = progress;
  }

  /**
   * One entry a share, with the AUROC of the remaining pictures and how far it fell.
   *
   * @param clean the pass without poison; pictures are scored alone, so a part of it is as good
   */
  List<Map<String, Object>> run(StillRun clean, List<Double> shares) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (double share : shares) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("share", share);
      row.put("span", "train");
      poison(clean, share, row);
      rows.add(row);
    }
    return rows;
  }

  private void poison(StillRun clean, double share, Map<String, Object> row) throws IOException {
    Random random = new Random(seed);
    int wanted = (int) Math.round(share * set.train().size());
    List<Still> defective = new ArrayList<>(set.test().stream().filter(Still::anomalous).toList());
    if (defective.size() <= wanted) {
      row.put("skipped", "too few defective pictures");
      return;
    }
    progress.step(set.name(), String.format("%.0f %% poisoned", share * 100));
    Collections.shuffle(defective, random);
    Set<String> used = new HashSet<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < set.train().size(); i++) {
      places.add(i);
    }
    Collections.shuffle(places, random);
    List<Still> train = new ArrayList<>(set.train());
    for (int i = 0; i < wanted; i++) {
      train.set(places.get(i), defective.get(i));
      used.add(defective.get(i).id());
    }
    List<Still> test = set.test().stream().filter(s -> !used.contains(s.id())).toList();
    StillRun run =
        StillRun.of(
            set.name(),
            shape,
            StillRun.shots(reel, train),
            StillRun.shots(reel, test),
            (s, e, o, heat) -> {});
    List<ScoredFrame> same = clean.test().stream().filter(f -> !used.contains(f.clip())).toList();
    double without = Auroc.of(ScoredFrame.scoresOf(same), ScoredFrame.truthOf(same));
    double with = StillEvaluation.auroc(run);
    row.put("frames", wanted);
    row.put("auroc_clean", without);
    row.put("auroc", with);
    row.put("fall", without - with);
  }
}
