package io.andon.bench.evaluate;

import io.andon.bench.evaluate.VideoStream.Shot;
import io.andon.bench.evaluate.data.DataProblem;
import io.andon.bench.evaluate.data.Mask;
import io.andon.bench.evaluate.data.MaskArchive;
import io.andon.bench.evaluate.data.VideoSet;
import io.andon.bench.evaluate.data.VideoSet.Clip;
import io.andon.bench.footage.Reel;
import io.andon.config.ConfigException;
import io.andon.detection.CellHeat;
import io.andon.detection.DetectorSettings;
import io.andon.detection.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Measures a set of videos as one camera that is watched live and learns all along. */
final class VideoEvaluation {
  /** An hour and six minutes for each false alarm: short sets certify nothing rarer. */
  private static final double[] OTHER_BUDGETS = {24, 240};

  private final Embedding embedding;
  private final EvaluateOptions options;
  private final Progress progress;

  VideoEvaluation(Embedding embedding, EvaluateOptions options, Progress progress) {
    this.embedding = embedding;
    this.options = options;
    this.progress = progress;
  }

  /** Runs a set; nothing where none of its test clips can be used. */
  Optional<Figures> run(VideoSet set) throws IOException, DataProblem, ConfigException {
    try (Reel reel = embedding.reel(set)) {
      VideoStream stream = VideoStream.of(reel);
      List<Clip> test = stream.usable(set, progress::note);
      if (test.isEmpty()) {
        progress.note(set.name() + ": no test clip can be used, skipped");
        return Optional.empty();
      }
      return Optional.of(measure(set, test, stream));
    }
  }

  private Figures measure(VideoSet set, List<Clip> test, VideoStream stream)
      throws IOException, DataProblem, ConfigException {
    DetectorSettings settings = options.cameraSettings();
    List<Clip> clips = new ArrayList<>(set.train());
    clips.addAll(test);
    List<Shot> shots = stream.shots(clips);
    progress.step(set.name(), "detection over " + shots.size() + " frames");
    PixelComparison pixels = new PixelComparison();
    VideoRun run;
    try (MaskedFrames masked = new MaskedFrames(set, stream, pixels)) {
      run = VideoRun.of(set.name(), stream, shots, settings, masked);
    }
    options.scores().ifPresent(csv -> csv.add(set.name(), "all", run.frames()));
    Figures figures = new Figures(set.name(), "all");
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
    Map<Double, VideoRun> others = otherBudgets(set.name(), stream, shots, settings);
    figures.put("other_budgets", alarms(set.name(), others));
    if (!options.gates().isEmpty()) {
      figures.put("gate", gates(set.name(), stream, shots, clips, run, others));
    }
    if (!options.contamination().isEmpty()) {
      figures.put(
          "contamination",
          new VideoContamination(set.name(), stream, settings, progress)
              .run(set.train(), test, run, options.contamination()));
    }
    return figures;
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
            figures.get("set"),
            distinct.get(0),
            distinct.get(distinct.size() - 1)));
  }

  /** The gate's profiles, each under the settings' own budget and the others. */
  private List<Map<String, Object>> gates(
      String set,
      VideoStream stream,
      List<Shot> shots,
      List<Clip> clips,
      VideoRun open,
      Map<Double, VideoRun> others)
      throws IOException, DataProblem, ConfigException {
    GateComparison comparison = new GateComparison(set, stream, shots);
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

  private static List<Map<String, Object>> alarms(String set, Map<Double, VideoRun> runs) {
    List<Map<String, Object>> rows = new ArrayList<>();
    runs.forEach(
        (budget, run) -> {
          Figures row = new Figures(set, "all");
          new VideoFigures(run).addAlarms(row, budget);
          rows.add(row.values());
        });
    return rows;
  }

  private Map<Double, VideoRun> otherBudgets(
      String set, VideoStream stream, List<Shot> shots, DetectorSettings settings)
      throws IOException {
    Map<Double, VideoRun> runs = new LinkedHashMap<>();
    for (double budget : OTHER_BUDGETS) {
      progress.step(set, String.format(Locale.ROOT, "the same under %.0f a day", budget));
      DetectorSettings allowing = settings.withFalseAlarmsPerDay(budget);
      runs.put(budget, VideoRun.of(set, stream, shots, allowing, (shot, observation, heat) -> {}));
    }
    return runs;
  }

  /** Bytes of a frame that cross the shuffle and reach detection. */
  static int frameBytes(Observation o) {
    return o.patches().length + o.pooled().length + o.luma().length;
  }

  /** Gives the test frames of masked clips to the pixel figures. */
  private final class MaskedFrames implements VideoRun.HeatViewer, AutoCloseable {
    private final PixelComparison pixels;
    private final NeighbourMaps neighbours;
    private final UnreadableMasks unreadable;
    private final Map<Clip, Optional<MaskArchive>> archives = new HashMap<>();

    MaskedFrames(VideoSet set, VideoStream stream, PixelComparison pixels) throws IOException {
      this.pixels = pixels;
      unreadable = new UnreadableMasks(set.name(), progress);
      boolean masked = set.test().stream().anyMatch(clip -> clip.masks() != null);
      neighbours =
          masked
              ? NeighbourMaps.of(set.name(), stream.reel(), n -> n.startsWith("train/"), options)
              : NeighbourMaps.NONE;
    }

    @Override
    public void see(Shot shot, Observation observation, Supplier<Optional<CellHeat>> heat)
        throws IOException {
      Optional<MaskArchive> archive = archive(shot.clip());
      if (archive.isEmpty()) {
        return;
      }
      boolean @Nullable [] mask = null;
      if (shot.isAnomalous()) {
        Optional<Mask> found = mask(archive.get(), shot);
        if (found.isEmpty()) {
          return;
        }
        mask = found.get().in(observation);
      }
      pixels.add(
          observation,
          embedding.shapeFor(observation.pictureWidth(), observation.pictureHeight()),
          heat.get(),
          neighbours.of(shot.entry()),
          mask);
    }

    private Optional<Mask> mask(MaskArchive archive, Shot shot) {
      String name = shot.clip().masks() + " frame " + shot.frame();
      return unreadable.read(name, () -> archive.mask(shot.frame())).flatMap(mask -> mask);
    }

    private Optional<MaskArchive> archive(Clip clip) {
      Path file = clip.masks();
      return file == null
          ? Optional.empty()
          : archives.computeIfAbsent(
              clip, c -> unreadable.read(file.toString(), () -> new MaskArchive(file)));
    }

    @Override
    public void close() throws IOException {
      unreadable.tell();
      for (Optional<MaskArchive> archive : archives.values()) {
        if (archive.isPresent()) {
          archive.get().close();
        }
      }
    }
  }
}
