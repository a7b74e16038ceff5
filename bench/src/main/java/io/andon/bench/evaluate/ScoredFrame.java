package io.andon.bench.evaluate;

import io.andon.bench.evaluate.metrics.Auroc;
import io.andon.detection.CameraState;
import io.andon.detection.DetectorScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A labelled frame and what detection said of it.
 *
 * @param clip clip or picture
 * @param frame number in the clip, from 0
 * @param test whether it is measured
 * @param anomalous the truth
 * @param score the detector's score
 * @param state the camera's state after it
 * @param warm whether warm-up was over after it; a frame before that is scored 0
 * @param scores what each channel said
 */
record ScoredFrame(
    String clip,
    int frame,
    boolean test,
    boolean anomalous,
    double score,
    CameraState state,
    boolean warm,
    DetectorScores scores) {

  static double[] scoresOf(List<ScoredFrame> frames) {
    return frames.stream().mapToDouble(ScoredFrame::score).toArray();
  }

  static boolean[] truthOf(List<ScoredFrame> frames) {
    boolean[] truth = new boolean[frames.size()];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = frames.get(i).anomalous();
    }
    return truth;
  }

  /** AUROC of each channel's raw score alone, over the frames of which it had one. */
  static Map<String, Double> aurocByChannel(List<ScoredFrame> frames) {
    Map<String, Double> areas = new LinkedHashMap<>();
    List<String> names = ChannelColumns.names();
    for (int c = 0; c < names.size(); c++) {
      int channel = c;
      List<ScoredFrame> told =
          frames.stream().filter(f -> Double.isFinite(f.raw(channel))).toList();
      double area =
          Auroc.of(told.stream().mapToDouble(f -> f.raw(channel)).toArray(), truthOf(told));
      if (!Double.isNaN(area)) {
        areas.put(names.get(c), area);
      }
    }
    return areas;
  }

  private double raw(int channel) {
    return ChannelColumns.of(scores, channel).raw();
  }
}
