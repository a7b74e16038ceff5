package io.andon.bench.evaluate;

import io.andon.bench.evaluate.VideoStream.Shot;
import io.andon.bench.evaluate.data.VideoSet.Clip;
import io.andon.detection.DetectorSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Poisons the learning: a share of the normal frames is replaced by anomalous ones of test clips,
 * in pieces spread evenly. These clips leave the test; what remains of it is scored with and
 * without the poison. It is done to the detector's own warm-up, and to the whole train part.
 */
final class VideoContamination {
  /** A share of so few frames that none is replaced. */
  static final String NOTHING_WANTED = "the share is less than one picture";

  private static final String TOO_FEW = "too few anomalous frames";
  private static final String NO_CLIP_LEFT = "no test clip is left, poison takes whole ones";

  private static final int PIECE_FRAMES = 20;

  private final String set;
  private final VideoStream stream;
  private final DetectorSettings settings;
  private final Progress progress;
  private final Map<Set<Clip>, Double> clean = new HashMap<>();

  VideoContamination(String set, VideoStream stream, DetectorSettings settings, Progress progress) {
    this.set = set;
    this.stream = stream;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * One entry a share and span, with the AUROC of the remaining test frames and how far it fell.
   */
  List<Map<String, Object>> run(
      List<Clip> train, List<Clip> test, VideoRun usual, List<Double> shares) throws IOException {
    int trainFrames = stream.shots(train).size();
    int warmUp = (int) usual.frames().stream().takeWhile(frame -> !frame.warm()).count();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (double share : shares) {
      for (String span : List.of("warm-up", "train")) {
        int frames = span.equals("train") ? trainFrames : Math.min(warmUp, trainFrames);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("share", share);
        row.put("span", span);
        poison(train, test, frames, share, row);
        rows.add(row);
      }
    }
    return rows;
  }

  private void poison(
      List<Clip> train, List<Clip> test, int frames, double share, Map<String, Object> row)
      throws IOException {
    int wanted = (int) Math.round(share * frames);
    if (wanted == 0) {
      row.put("skipped", NOTHING_WANTED);
      return;
    }
    List<Shot> poison = new ArrayList<>();
    Set<Clip> used = new LinkedHashSet<>();
    for (Clip clip : test) {
      if (poison.size() >= wanted) {
        break;
      }
      used.add(clip);
      for (Shot shot : stream.shots(List.of(clip))) {
        if (shot.isAnomalous() && poison.size() < wanted) {
          poison.add(shot);
        }
      }
    }
    if (poison.size() < wanted) {
      row.put("skipped", TOO_FEW);
      return;
    }
    List<Clip> remaining = test.stream().filter(clip -> !used.contains(clip)).toList();
    if (remaining.isEmpty()) {
      row.put("skipped", NO_CLIP_LEFT);
      return;
    }
    List<Shot> normal = stream.shots(train);
    List<Shot> rest = stream.shots(remaining);
    long anomalous = rest.stream().filter(Shot::isAnomalous).count();
    if (anomalous == 0 || anomalous == rest.size()) {
      row.put("skipped", TestPart.ONE_CLASS);
      return;
    }
    String doing = String.format("%s, %.0f %% poisoned", row.get("span"), share * 100);
    Double without = clean.get(used);
    if (without == null) {
      progress.step(set, doing + ": without poison");
      without = auroc(joined(normal, rest));
      clean.put(used, without);
    }
    progress.step(set, doing);
    double with = auroc(joined(mixed(normal, poison, frames), rest));
    if (Double.isNaN(without) || Double.isNaN(with)) {
      row.put("skipped", TestPart.COLD);
      return;
    }
    row.put("frames", poison.size());
    row.put("clips_used", used.size());
    row.put("auroc_clean", without);
    row.put("auroc", with);
    row.put("fall", without - with);
  }

  private double auroc(List<Shot> shots) throws IOException {
    VideoRun run = VideoRun.of(set, stream, shots, settings, (shot, o, heat) -> {});
    return new TestPart(run.frames().stream().filter(this::isMeasured).toList()).auroc();
  }

  private boolean isMeasured(ScoredFrame frame) {
    return frame.test() && !frame.clip().startsWith("poison/");
  }

  private static List<Shot> joined(List<Shot> first, List<Shot> second) {
    List<Shot> joined = new ArrayList<>(first);
    joined.addAll(second);
    return joined;
  }

  /** Replaces frames among the first ones by pieces of poison, evenly spread. */
  static List<Shot> mixed(List<Shot> normal, List<Shot> poison, int frames) {
    int pieces = (poison.size() + PIECE_FRAMES - 1) / PIECE_FRAMES;
    List<Shot> mixed = new ArrayList<>(normal);
    for (int piece = 0; piece < pieces; piece++) {
      int from = piece * PIECE_FRAMES;
      int to = Math.min(poison.size(), from + PIECE_FRAMES);
      int room = frames / pieces;
      int at = piece * room + Math.max(0, room - (to - from)) / 2;
      for (int i = from; i < to; i++) {
        Shot shot = poison.get(i);
        boolean starts = i == from || shot.entry() != poison.get(i - 1).entry() + 1;
        mixed.set(at + i - from, asTrain(shot, starts));
      }
      int after = at + to - from;
      if (after < mixed.size()) {
        Shot next = mixed.get(after);
        mixed.set(after, new Shot(next.entry(), next.clip(), next.frame(), next.fps(), true));
      }
    }
    return mixed;
  }

  /** An anomalous frame that is passed off as normal. */
  private static Shot asTrain(Shot shot, boolean startsPlay) {
    Clip clip = shot.clip();
    Clip disguised = new Clip("poison/" + clip.id(), clip.video(), clip.labels(), null);
    return new Shot(shot.entry(), disguised, shot.frame(), shot.fps(), startsPlay);
  }
}
