package io.andon.bench.evaluate;

import io.andon.bench.evaluate.VideoStream.Shot;
import io.andon.bench.evaluate.data.DataProblem;
import io.andon.bench.evaluate.data.VideoSet;
import io.andon.bench.evaluate.data.VideoSet.Clip;
import io.andon.bench.footage.Reel;
import io.andon.config.ConfigException;
import io.andon.detection.DetectorSettings;
import io.andon.detection.Observation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Measures a set of videos as one camera that is watched live and learns all along. */
final class VideoEvaluation {
  /** An hour and six minutes for each false alarm: short sets certify nothing rarer. */
  private static final double[] OTHER_BUDGETS = {24, 240};

  private final Embedding embedding;
  private final EvaluateOptions options;
  private final Progress progress;
  private final Disturbance disturbance;

  VideoEvaluation(
      Embedding embedding, EvaluateOptions options, Progress progress, Disturbance disturbance) {
    this.embedding = embedding;
    this.options = options;
    this.progress = progress;
    this.disturbance = disturbance;
  }

  /**
   * Runs a set; nothing where none of its test clips can be used.
   *
   * @param whole with the truth of the whole picture
   */
  Optional<Figures> run(VideoSet whole) throws IOException, DataProblem, ConfigException {
    VideoSet set = seen(whole);
    if (disturbance.showsPart() && set.test().isEmpty()) {
      progress.note(title(set) + ": " + ViewLabels.NO_MASKS + ", skipped");
      Figures figures = row(set.name());
      figures.put("skipped", ViewLabels.NO_MASKS);
      return Optional.of(figures);
    }
    DisturbedFrames frames = new DisturbedFrames(disturbance, set, options.seed());
    try (Reel reel = embedding.reel(set, frames)) {
      VideoStream stream = VideoStream.of(reel);
      List<Clip> test = stream.usable(set, progress::note);
      if (test.isEmpty()) {
        progress.note(title(set) + ": no test clip can be used, skipped");
        return Optional.empty();
      }
      return Optional.of(measure(set, test, stream));
    }
  }

  /** The set with the truth of what the camera sees of it. */
  private VideoSet seen(VideoSet set) {
    return disturbance.showsPart()
        ? new ViewLabels(disturbance.view(), progress::note).of(set)
        : set;
  }

  private String title(VideoSet set) {
    return disturbance.titled(set.name());
  }

  /** Figures that begin with what they are of. */
  private Figures row(String set) {
    Figures row = new Figures(set, "all");
    if (disturbance != Disturbance.NONE) {
      row.put("disturbance", disturbance.word());
    }
    return row;
  }

  private Figures measure(VideoSet set, List<Clip> test, VideoStream stream)
      throws IOException, DataProblem, ConfigException {
    DetectorSettings settings = options.cameraSettings();
    List<Clip> clips = new ArrayList<>(set.train());
    clips.addAll(test);
    List<Shot> shots = stream.shots(clips);
    tellGrids(set, stream.sizesByGrid(clips));
    progress.step(title(set), "detection over " + shots.size() + " frames");
    PixelComparison pixels = new PixelComparison();
    VideoRun run = pass(set, stream, shots, settings, pixels);
    Figures figures = row(set.name());
    options.scores().ifPresent(csv -> csv.add(figures.title(), "all", run.frames()));
    figures.put("kind", "video");
    figures.put("settings", options.settingsName());
    addRates(figures, stream.fps(clips));
    figures.put("frames_train", shots.size() - run.testFrames().size());
    figures.put("frames_test", run.testFrames().size());
    VideoFigures worth = new VideoFigures(run);
    if (!new TestPart(run.testFrames()).tell(figures, progress)) {
      worth.addCost(figures);
      return figures;
    }
    worth.addTo(figures, settings.alarm().falseAlarmsPerDay(), options.seed());
    figures.put("frame_bytes", frameBytes(stream.reel().observation(shots.get(0).entry())));
    pixels.addTo(figures);
    Map<Double, VideoRun> others = otherBudgets(set, stream, shots, settings);
    figures.put("other_budgets", alarms(set.name(), others));
    if (disturbance == Disturbance.NONE) {
      compare(figures, set, test, stream, run, others);
    }
    return figures;
  }

  private void tellGrids(VideoSet set, Map<String, String> sizesByGrid) {
    if (sizesByGrid.size() > 1) {
      progress.note(
          String.format(
              "%s: clips of unlike sizes (%s), the detector begins anew with each change",
              title(set), String.join(", ", sizesByGrid.values())));
    }
  }

  private VideoRun pass(
      VideoSet set,
      VideoStream stream,
      List<Shot> shots,
      DetectorSettings settings,
      PixelComparison pixels)
      throws IOException {
    if (disturbance != Disturbance.NONE) {
      // Masks are of the picture as it was.
      return VideoRun.of(set.name(), stream, shots, settings, (shot, o, heat) -> {});
    }
    try (MaskedFrames masked = new MaskedFrames(set, stream, embedding, options, pixels)) {
      return VideoRun.of(set.name(), stream, shots, settings, masked);
    }
  }

  /** Adds what a gate or poison changes. */
  private void compare(
      Figures figures,
      VideoSet set,
      List<Clip> test,
      VideoStream stream,
      VideoRun run,
      Map<Double, VideoRun> others)
      throws IOException, DataProblem, ConfigException {
    if (!options.gates().isEmpty()) {
      List<Clip> clips = new ArrayList<>(set.train());
      clips.addAll(test);
      figures.put("gate", gates(set.name(), stream, clips, run, others));
    }
    if (!options.contamination().isEmpty()) {
      figures.put(
          "contamination",
          new VideoContamination(set.name(), stream, options.cameraSettings(), progress)
              .run(set.train(), test, run, options.contamination()));
    }
  }

  private void addRates(Figures figures, Map<String, Double> rates) {
    List<Double> distinct = rates.values().stream().distinct().sorted().toList();
    if (distinct.size() < 2) {
      distinct.forEach(rate -> figures.put("fps", rate.doubleValue()));
      return;
    }
    figures.put("fps_by_clip", rates);
    progress.note(
        String.format(
            Locale.ROOT,
            "%s: clips of %.4g to %.4g frames a second, each is played at its own",
            figures.title(),
            distinct.get(0),
            distinct.get(distinct.size() - 1)));
  }

  /** The gate's profiles, each under the settings' own budget and the others. */
  private List<Map<String, Object>> gates(
      String set, VideoStream stream, List<Clip> clips, VideoRun open, Map<Double, VideoRun> others)
      throws IOException, DataProblem, ConfigException {
    GateComparison comparison = new GateComparison(set, stream, open.shots());
    DetectorSettings settings = options.cameraSettings();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String profile : options.gates()) {
      progress.step(set, "gate " + profile);
      GateVerdicts verdicts = GateVerdicts.of(profile, clips, stream);
      rows.add(comparison.row(profile, verdicts, settings, open));
      for (Map.Entry<Double, VideoRun> other : others.entrySet()) {
        DetectorSettings allowing = settings.withFalseAlarmsPerDay(other.getKey());
        rows.add(comparison.row(profile, verdicts, allowing, other.getValue()));
      }
    }
    return rows;
  }

  private List<Map<String, Object>> alarms(String set, Map<Double, VideoRun> runs) {
    List<Map<String, Object>> rows = new ArrayList<>();
    runs.forEach(
        (budget, run) -> {
          Figures row = row(set);
          new VideoFigures(run).addAlarms(row, budget);
          rows.add(row.values());
        });
    return rows;
  }

  private Map<Double, VideoRun> otherBudgets(
      VideoSet set, VideoStream stream, List<Shot> shots, DetectorSettings settings)
      throws IOException {
    Map<Double, VideoRun> runs = new LinkedHashMap<>();
    for (double budget : OTHER_BUDGETS) {
      progress.step(title(set), String.format(Locale.ROOT, "the same under %.0f a day", budget));
      DetectorSettings allowing = settings.withFalseAlarmsPerDay(budget);
      runs.put(
          budget,
          VideoRun.of(set.name(), stream, shots, allowing, (shot, observation, heat) -> {}));
    }
    return runs;
  }

  /** Bytes of a frame that cross the shuffle and reach detection. */
  static int frameBytes(Observation o) {
    return o.patches().length + o.pooled().length + o.luma().length;
  }
}
