package io.andon.bench.evaluate;

import io.andon.bench.evaluate.data.StillSet;
import io.andon.bench.evaluate.data.StillSet.Still;
import io.andon.config.ConfigException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Poisons the learning: a share of the train pictures, drawn at random, is replaced by defective
 * test pictures, which leave the test; what remains of it is scored with and without the poison.
 *
 * <p>Where a set holds several photographs of a part ({@link Parts}), others of a defective part
 * that was learnt as normal are still in the test. They are told from the rest by a second figure,
 * of the test without them.
 */
final class StillContamination {
  private final StillSet set;
  private final StillPass pass;
  private final EvaluateOptions options;
  private final Progress progress;

  StillContamination(StillSet set, StillPass pass, EvaluateOptions options, Progress progress) {
    this.set = set;
    this.pass = pass;
    this.options = options;
    this.progress = progress;
  }

  /**
   * One entry a share, or two where parts are told apart, with the AUROC of the remaining pictures
   * and how far it fell.
   *
   * @param clean the pass without poison; pictures are scored alone, so a part of it is as good
   */
  List<Map<String, Object>> run(StillRun clean, List<Double> shares)
      throws IOException, ConfigException {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (double share : shares) {
      int wanted = (int) Math.round(share * set.train().size());
      List<Still> defective =
          new ArrayList<>(set.test().stream().filter(Still::anomalous).toList());
      if (wanted == 0 || defective.size() <= wanted) {
        Map<String, Object> row = row(share, "train");
        row.put(
            "skipped",
            wanted == 0 ? VideoContamination.NOTHING_WANTED : "too few defective pictures");
        rows.add(row);
        continue;
      }
      progress.step(set.name(), String.format("%.0f %% poisoned", share * 100));
      Random random = new Random(options.seed());
      Collections.shuffle(defective, random);
      List<Still> poison = defective.subList(0, wanted);
      StillRun poisoned = learnt(poison, random);
      Set<String> used = poison.stream().map(Still::id).collect(Collectors.toSet());
      rows.add(compared(row(share, "train"), wanted, clean, poisoned, used));
      if (options.partGap() > 0) {
        Set<String> shown = Parts.of(defective, options.partGap()).sharing(used);
        rows.add(compared(row(share, "train, other parts"), wanted, clean, poisoned, shown));
      }
    }
    return rows;
  }

  private static Map<String, Object> row(double share, String span) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("share", share);
    row.put("span", span);
    return row;
  }

  private StillRun learnt(List<Still> poison, Random random) throws IOException, ConfigException {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < set.train().size(); i++) {
      places.add(i);
    }
    Collections.shuffle(places, random);
    List<Still> train = new ArrayList<>(set.train());
    for (int i = 0; i < poison.size(); i++) {
      train.set(places.get(i), poison.get(i));
    }
    return pass.of(train, (still, entry, seen, heat) -> {});
  }

  /** Both passes over the test pictures that are not left out. */
  private static Map<String, Object> compared(
      Map<String, Object> row, int poison, StillRun clean, StillRun poisoned, Set<String> leftOut) {
    List<ScoredFrame> before = without(clean, leftOut);
    row.put("frames", poison);
    row.put("defective", before.stream().filter(ScoredFrame::anomalous).count());
    TestPart cleanPart = new TestPart(before);
    TestPart poisonedPart = new TestPart(without(poisoned, leftOut));
    Optional<String> emptiness = cleanPart.emptiness().or(poisonedPart::emptiness);
    if (emptiness.isPresent()) {
      row.put("skipped", emptiness.get());
      return row;
    }
    double without = cleanPart.auroc();
    double with = poisonedPart.auroc();
    row.put("auroc_clean", without);
    row.put("auroc", with);
    row.put("fall", without - with);
    return row;
  }

  private static List<ScoredFrame> without(StillRun run, Set<String> leftOut) {
    return run.test().stream().filter(frame -> !leftOut.contains(frame.clip())).toList();
  }
}
