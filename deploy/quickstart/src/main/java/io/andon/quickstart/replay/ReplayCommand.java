package io.andon.quickstart.replay;

import io.andon.bench.footage.FramePath;
import io.andon.bench.footage.Reel;
import io.andon.bench.footage.UnusablePictureException;
import io.andon.bench.options.Allowed;
import io.andon.bench.simulator.AnomalyKind;
import io.andon.bench.simulator.CameraJpeg;
import io.andon.bench.simulator.LineSimulation;
import io.andon.contracts.FrameMetadata;
import io.andon.detection.DetectorSettings;
import io.andon.detection.Observation;
import io.andon.embedding.model.ModelStore;
import io.andon.embedding.picture.JpegPictureDecoder;
import io.andon.embedding.picture.PictureDecoder;
import io.andon.embedding.tensorflow.TensorFlowEmbedder;
import io.andon.embedding.tensorflow.TensorFlowSettings;
import io.andon.quickstart.scoreboard.Injection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Runs the simulated lines through the product faster than real time and prints what was found. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Runs the simulated lines through decoder, model and detection, without Kafka.")
public final class ReplayCommand implements Callable<Integer> {
  private static final String OPEN = "off";

  /** The last anomaly needs time to be seen. */
  private static final int LEAST_SECONDS = 10;

  private static final int MOST_SECONDS = 86_400;

  /** The most that one takes, until a camera can show the next. */
  private static final int SECONDS_OF_AN_ANOMALY = 8;

  /** None begins so shortly before the end. */
  private static final int LAST_SECONDS = 15;

  private static final double LEAST_BUDGET = 0.001;
  private static final List<String> KINDS =
      Arrays.stream(AnomalyKind.values())
          .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .toList();
  private static final long START_MICROS = 1_700_000_000_000_000L;

  @Option(names = "--seeds", split = ",", defaultValue = "1,2,3", description = "${DEFAULT-VALUE}")
  private List<Long> seeds = List.of();

  @Option(names = "--fps", defaultValue = "8", description = "frames a second: ${DEFAULT-VALUE}")
  private int fps;

  @Option(names = "--warm-up", defaultValue = "60", description = "seconds: ${DEFAULT-VALUE}")
  private int warmUpSeconds;

  @Option(names = "--seconds", defaultValue = "120", description = "after it: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(names = "--injections", defaultValue = "12", description = "${DEFAULT-VALUE}")
  private int injections;

  @Option(
      names = "--cameras",
      split = ",",
      defaultValue = "conveyor,press",
      description = "${DEFAULT-VALUE}")
  private List<String> cameras = List.of();

  @Option(
      names = "--kinds",
      split = ",",
      description = "anomalies to show, e.g. double-cycle,skipped-step; default: those of the demo")
  private List<String> kinds = List.of();

  @Option(
      names = "--jitter",
      defaultValue = "0.02",
      description = "cycles are at most this share longer or shorter: ${DEFAULT-VALUE}")
  private double jitter;

  @Option(names = "--cycles", defaultValue = "auto", description = "auto or off: ${DEFAULT-VALUE}")
  private String cycles = "auto";

  @Option(
      names = "--gate",
      split = ",",
      defaultValue = "off",
      description =
          "profiles of ingest's gate to try as well: off, safe, aggressive; ${DEFAULT-VALUE}")
  private List<String> gates = List.of();

  @Option(
      names = "--share",
      split = ",",
      defaultValue = "1",
      converter = Shares.class,
      description =
          "shares of the frames to try that ingest sends while the job lags: 0.7, going to and fro"
              + " (0.4-0.9), after seconds of something else (1:60/0.4-0.9): ${DEFAULT-VALUE}")
  private List<ShareCourse> shares = List.of();

  @Option(
      names = "--budget",
      defaultValue = "24",
      description = "false alarms a day that are allowed: ${DEFAULT-VALUE}, as in the demo")
  private double budget;

  @Option(names = "--cache", defaultValue = ".cache/replay", description = "${DEFAULT-VALUE}")
  private Path cache = Path.of("");

  /** Entry point. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ReplayCommand()).execute(arguments));
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // set by the parser
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    requireUsable();
    Files.createDirectories(cache);
    Map<Way, ReplayReport> totals = new LinkedHashMap<>();
    for (ShareCourse course : shares) {
      Stream.concat(Stream.of(OPEN), gates.stream())
          .forEach(gate -> totals.putIfAbsent(new Way(gate, course), new ReplayReport()));
    }
    for (long seed : seeds) {
      Path reel = cache.resolve(name(seed) + ".reel");
      Path truth = cache.resolve(name(seed) + ".truth");
      if (!Files.exists(truth)) {
        record(seed, reel, truth);
      }
      List<Injection> injected = ReelTruth.read(truth);
      Map<Way, GateVerdicts> verdicts = verdicts(seed, totals.keySet());
      for (Map.Entry<Way, ReplayReport> total : totals.entrySet()) {
        Way way = total.getKey();
        System.out.println(way);
        ReplayRun run = new ReplayRun(settings());
        GateVerdicts gate = verdicts.get(way);
        try (Reel frames = Reel.open(reel)) {
          play(frames, run, way.sent(), gate);
        }
        total.getValue().add(seed, run, injected, gate);
      }
    }
    ReplayReport first = totals.values().iterator().next();
    totals.forEach((way, report) -> report.printTotals(way.toString(), first));
    return 0;
  }

  private void requireUsable() {
    Allowed.range(spec, "--fps", fps, 1, 60);
    Allowed.range(spec, "--warm-up", warmUpSeconds, 1, MOST_SECONDS);
    Allowed.range(spec, "--seconds", seconds, LEAST_SECONDS, MOST_SECONDS);
    Allowed.range(spec, "--injections", injections, 0, MOST_SECONDS);
    requireFitting();
    Allowed.words(spec, "--cameras", cameras, LineSimulation.KNOWN_CAMERAS);
    Allowed.words(spec, "--kinds", kinds, KINDS);
    Allowed.range(spec, "--jitter", jitter, 0, 0.2);
    Allowed.words(spec, "--cycles", List.of(cycles), List.of("auto", OPEN));
    Allowed.words(spec, "--gate", gates, List.of(OPEN, "safe", "aggressive"));
    Allowed.range(spec, "--budget", budget, LEAST_BUDGET, 10_000);
  }

  /**
   * Those that don't fit would all be planned for the same moment, and most of them not be shown.
   */
  private void requireFitting() {
    long fitting =
        cameras.size() * (1L + Math.max(0, seconds - LAST_SECONDS) / SECONDS_OF_AN_ANOMALY);
    if (injections > fitting) {
      throw new ParameterException(
          spec.commandLine(),
          "--injections is %d, allowed: 0 to %d in %d s of %d cameras"
              .formatted(injections, fitting, seconds, cameras.size()));
    }
  }

  private static final class Shares implements ITypeConverter<ShareCourse> {
    @Override
    public ShareCourse convert(String text) {
      try {
        return ShareCourse.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** One way for the same pictures to come to the job. */
  private record Way(String gate, ShareCourse share) {
    SentFrames sent() {
      return new SentFrames(share, START_MICROS);
    }

    @Override
    public String toString() {
      return "gate " + gate + ", share " + share;
    }
  }

  private static void play(Reel frames, ReplayRun run, SentFrames sent, @Nullable GateVerdicts gate)
      throws IOException {
    for (int i = 0; i < frames.size(); i++) {
      String camera = frames.name(i);
      Observation frame = frames.observation(i);
      int intervals = sent.intervals(camera, frame.stamp().capturedMicros());
      if (intervals == 0) {
        continue;
      }
      if (gate != null && gate.isUnchanged(camera, frame.stamp().seq())) {
        run.repeat(camera, frame.stamp());
      } else {
        run.observe(camera, frame.after(intervals));
      }
    }
  }

  /** Renders the line again for the gates, of which each has its own pictures of each camera. */
  private Map<Way, GateVerdicts> verdicts(long seed, Set<Way> ways) throws IOException {
    Map<Way, GateVerdicts> verdicts = new LinkedHashMap<>();
    for (Way way : ways) {
      if (!way.gate().equals(OPEN)) {
        verdicts.put(way, new GateVerdicts(way.gate(), way.sent()));
      }
    }
    if (!verdicts.isEmpty()) {
      try (LineSimulation line = line(seed)) {
        new Footage(line, fps)
            .shoot(
                START_MICROS,
                warmUpSeconds + seconds,
                (frame, picture) -> {
                  for (GateVerdicts gate : verdicts.values()) {
                    gate.see(frame, picture);
                  }
                });
      }
    }
    return verdicts;
  }

  private LineSimulation line(long seed) throws IOException {
    LineSimulation line = LineSimulation.create(cameras, seed, jitter, null);
    if (injections > 0) {
      long from = START_MICROS + warmUpSeconds * 1_000_000L;
      long until = from + seconds * 1_000_000L;
      line.injectBetween(from, until - 8_000_000L, injections, shown());
    }
    return line;
  }

  private DetectorSettings settings() {
    return DetectorSettings.defaults()
        .withFalseAlarmsPerDay(budget)
        .withCycle(DetectorSettings.defaults().cycle().withEnabled(!cycles.equals("off")));
  }

  private String name(long seed) {
    return String.format(
        Locale.ROOT,
        "v2-seed%d-%dfps-%d+%ds-%d-%s-%s-j%.3f",
        seed,
        fps,
        warmUpSeconds,
        seconds,
        injections,
        String.join("+", cameras),
        kinds.isEmpty() ? "demo" : String.join("+", kinds),
        jitter);
  }

  private Set<AnomalyKind> shown() {
    if (kinds.isEmpty()) {
      return AnomalyKind.AT_A_GLANCE;
    }
    EnumSet<AnomalyKind> named = EnumSet.noneOf(AnomalyKind.class);
    for (String kind : kinds) {
      named.add(AnomalyKind.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_')));
    }
    return named;
  }

  private void record(long seed, Path reel, Path truth) throws IOException {
    System.out.println("rendering and embedding seed " + seed);
    PictureDecoder decoder = new JpegPictureDecoder();
    TensorFlowSettings settings =
        TensorFlowSettings.of(
            ModelStore.of(System.getenv()).open(ModelStore.DEFAULT_MODEL), decoder.name());
    long until = START_MICROS + (warmUpSeconds + seconds) * 1_000_000L;
    try (LineSimulation line = line(seed);
        TensorFlowEmbedder embedder = TensorFlowEmbedder.open(settings);
        Reel.Recorder recorder = new Reel.Recorder(reel)) {
      FramePath path =
          new FramePath(
              decoder,
              embedder,
              (frame, observation) -> {
                try {
                  recorder.write(frame.camera(), observation);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      new Footage(line, fps)
          .shoot(
              START_MICROS,
              warmUpSeconds + seconds,
              (frame, picture) -> add(path, frame, CameraJpeg.encode(picture)));
      path.flush();
      recorder.complete();
      List<Injection> shown =
          line.injections().stream()
              .map(
                  i ->
                      new Injection(
                          i.id(),
                          i.camera(),
                          i.kind().name(),
                          i.startMicros(),
                          i.endMicros().orElse(until)))
              .toList();
      ReelTruth.write(truth, shown);
    }
  }

  private static void add(FramePath path, FrameMetadata frame, byte[] jpeg) {
    try {
      path.add(frame, jpeg);
    } catch (UnusablePictureException e) {
      throw new IllegalStateException("a rendered picture can't be decoded", e);
    }
  }
}
