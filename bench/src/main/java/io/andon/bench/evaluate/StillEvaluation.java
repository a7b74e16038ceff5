package io.andon.bench.evaluate;

import io.andon.bench.evaluate.data.Mask;
import io.andon.bench.evaluate.data.StillSet;
import io.andon.bench.evaluate.data.StillSet.Still;
import io.andon.bench.evaluate.metrics.Auroc;
import io.andon.bench.footage.Reel;
import io.andon.config.ConfigException;
import io.andon.detection.CellHeat;
import io.andon.detection.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Measures a set of single pictures, with all train pictures and with a few. */
final class StillEvaluation {
  private static final int SHOTS = 16;
  private static final int DRAWS = 3;

  private final Embedding embedding;
  private final EvaluateOptions options;
  private final Progress progress;

  StillEvaluation(Embedding embedding, EvaluateOptions options, Progress progress) {
    this.embedding = embedding;
    this.options = options;
    this.progress = progress;
  }

  /** Runs a set; nothing where too few of its pictures can be read. */
  List<Figures> run(StillSet set) throws IOException, ConfigException {
    Optional<StillViews> views = StillViews.of(set, embedding::shapeFor, options.cutsParts());
    if (views.isEmpty()) {
      progress.note(set.name() + ": none of its train pictures can be read, skipped");
      return List.of();
    }
    StillView view = views.get().learntFrom(set.train());
    if (!view.isWhole()) {
      progress.note(set.name() + ": cut to what lies on a plain ground, percent " + crop(view));
    }
    try (Reel reel = embedding.reel(set, view)) {
      Set<String> read = reel.names();
      StillSet readable = set.only(still -> read.contains(still.id()));
      if (!readable.isEnough()) {
        progress.note(readable.shortage());
        return List.of();
      }
      return measure(readable, reel, view, views.get());
    }
  }

  private List<Figures> measure(StillSet set, Reel reel, StillView view, StillViews views)
      throws IOException, ConfigException {
    List<Figures> all = new ArrayList<>();
    all.add(full(set, reel, view));
    if (set.train().size() > SHOTS) {
      all.add(fewShots(set, reel, view, views));
    } else {
      progress.note(set.name() + ": no more than " + SHOTS + " train pictures, no draw of them");
    }
    return all;
  }

  private Figures full(StillSet set, Reel reel, StillView view)
      throws IOException, ConfigException {
    progress.step(
        set.name(),
        "detection over " + set.train().size() + " + " + set.test().size() + " pictures");
    PixelComparison pixels = new PixelComparison();
    Masked masked = new Masked(set, reel, view, pixels);
    StillPass pass = new StillPass(set, reel, view, embedding, progress);
    StillRun run = pass.of(set.train(), masked);
    masked.leftOut.tell();
    List<ScoredFrame> said = new ArrayList<>(run.train());
    said.addAll(run.test());
    options.scores().ifPresent(csv -> csv.add(set.name(), "all", said));
    Figures figures = figures(set, "all", run);
    if (figures.get("skipped") != null) {
      return figures;
    }
    figures.put("auroc", auroc(run));
    figures.put("auroc_se", standardError(run));
    figures.put("auroc_by_channel", ScoredFrame.aurocByChannel(run.test()));
    if (!view.isWhole()) {
      figures.put("crop", crop(view));
    }
    pixels.addTo(figures);
    addAlarms(figures, run);
    figures.put("frame_bytes", VideoEvaluation.frameBytes(reel.observation(0)));
    if (!options.contamination().isEmpty()) {
      figures.put(
          "contamination",
          new StillContamination(set, pass, options, progress).run(run, options.contamination()));
    }
    return figures;
  }

  private Figures fewShots(StillSet set, Reel reel, StillView view, StillViews views)
      throws IOException, ConfigException {
    List<Double> areas = new ArrayList<>();
    double variances = 0;
    StillRun last = null;
    StillRun coldest = null;
    for (int draw = 0; draw < DRAWS; draw++) {
      progress.step(set.name(), "detection with " + SHOTS + " pictures, draw " + (draw + 1));
      List<Still> shots = new ArrayList<>(set.train());
      Collections.shuffle(shots, new Random(options.seed() + draw));
      StillRun run = few(set, shots.subList(0, SHOTS), reel, view, views);
      String shotsName = SHOTS + "-" + (draw + 1);
      options.scores().ifPresent(csv -> csv.add(set.name(), shotsName, run.test()));
      areas.add(auroc(run));
      double error = standardError(run);
      variances += error * error / DRAWS;
      last = run;
      coldest = coldest == null || cold(run) > cold(coldest) ? run : coldest;
    }
    if (last == null || coldest == null) {
      throw new IllegalStateException("no draw was made");
    }
    double mean = areas.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    double squares = areas.stream().mapToDouble(a -> (a - mean) * (a - mean)).sum();
    Figures figures = figures(set, SHOTS, coldest);
    figures.put("auroc", mean);
    figures.put("auroc_se", Math.sqrt(variances));
    figures.put("auroc_sd_of_draws", Math.sqrt(squares / (DRAWS - 1)));
    if (areas.stream().allMatch(Double::isFinite)) {
      figures.put("auroc_draws", areas);
    }
    figures.put("auroc_by_channel", ScoredFrame.aurocByChannel(last.test()));
    return figures;
  }

  /** A few see no others: what is cut out is what they show. */
  private StillRun few(StillSet set, List<Still> shots, Reel reel, StillView view, StillViews views)
      throws IOException, ConfigException {
    StillRun.HeatViewer nobody = (still, entry, seen, heat) -> {};
    StillView own = views.learntFrom(shots);
    if (own.equals(view)) {
      return new StillPass(set, reel, view, embedding, progress).of(shots, nobody);
    }
    StillSet few = new StillSet(set.name(), shots, set.test());
    try (Reel ownReel = embedding.reel(few, own)) {
      return new StillPass(few, ownReel, own, embedding, progress).of(shots, nobody);
    }
  }

  private Figures figures(StillSet set, Object shots, StillRun run) {
    Figures figures = new Figures(set.name(), shots);
    figures.put("kind", "stills");
    figures.put("settings", "stills");
    figures.put("frames_train", run.train().size());
    figures.put("frames_test", run.test().size());
    new TestPart(run.test()).tell(figures, progress);
    figures.put("ms_per_frame", run.millisAPicture());
    figures.put("state_bytes", run.stateBytes());
    return figures;
  }

  private static void addAlarms(Figures figures, StillRun run) {
    List<ScoredFrame> test = run.test();
    long normal = test.stream().filter(f -> !f.anomalous()).count();
    long alarms = test.stream().filter(f -> f.score() >= 1 && !f.anomalous()).count();
    long found = test.stream().filter(f -> f.score() >= 1 && f.anomalous()).count();
    figures.put("recall_at_alarm_level", (double) found / (test.size() - normal));
    figures.put("false_share_at_alarm_level", (double) alarms / normal);
  }

  /** As it would stand in ingest's configuration. */
  private static Map<String, Double> crop(StillView view) {
    Map<String, Double> crop = new LinkedHashMap<>();
    crop.put("x", percent(view.part().left()));
    crop.put("y", percent(view.part().top()));
    crop.put("width", percent(view.part().width()));
    crop.put("height", percent(view.part().height()));
    return crop;
  }

  private static double percent(double share) {
    return Math.round(share * 10_000) / 100.0;
  }

  static double auroc(StillRun run) {
    return new TestPart(run.test()).auroc();
  }

  private static int cold(StillRun run) {
    return new TestPart(run.test()).cold();
  }

  private static double standardError(StillRun run) {
    return Auroc.standardError(ScoredFrame.scoresOf(run.test()), ScoredFrame.truthOf(run.test()));
  }

  /** Gives the test pictures to the pixel figures, if any of the set has a mask. */
  private final class Masked implements StillRun.HeatViewer {
    private final StillView view;
    private final PixelComparison pixels;
    private final boolean any;
    private final NeighbourMaps neighbours;
    private final MasksLeftOut leftOut;

    Masked(StillSet set, Reel reel, StillView view, PixelComparison pixels) throws IOException {
      this.view = view;
      this.pixels = pixels;
      leftOut = new MasksLeftOut(set.name(), progress);
      any = set.test().stream().anyMatch(still -> still.mask() != null);
      Set<String> train = new HashSet<>();
      set.train().forEach(still -> train.add(still.id()));
      neighbours =
          any ? NeighbourMaps.of(set.name(), reel, train::contains, options) : NeighbourMaps.NONE;
      if (!any) {
        progress.note(set.name() + ": no masks, no pixel figures");
      }
    }

    @Override
    public void see(
        Still still, int entry, Observation observation, Supplier<Optional<CellHeat>> heat)
        throws IOException {
      if (!any) {
        return;
      }
      Mask mask = null;
      Path file = still.mask();
      if (still.anomalous() && file == null) {
        leftOut.lacking(still.id());
        return;
      }
      if (file != null) {
        Optional<Mask> found = leftOut.read(still.id(), () -> Mask.read(file));
        if (found.isEmpty()) {
          return;
        }
        mask = found.get();
      }
      pixels.add(observation, view, heat.get(), neighbours.of(entry), mask);
    }
  }
}
