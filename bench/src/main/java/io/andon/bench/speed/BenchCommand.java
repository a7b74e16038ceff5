package io.andon.bench.speed;

import io.andon.bench.figures.OutputFile;
import io.andon.bench.figures.ScratchFolder;
import io.andon.bench.options.Allowed;
import io.andon.bench.speed.limit.ModelLimit;
import io.andon.config.ConfigException;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.model.Model;
import io.andon.embedding.model.ModelRefusedException;
import io.andon.embedding.model.ModelStore;
import io.andon.embedding.tensorflow.Precision;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Measures the job against its model's own limit and against simpler designs. Exit codes: 0
 * measured, 1 failed, 2 wrong usage, 3 something needed is missing, 4 the run is invalid.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures the job against the model's own limit and against simpler designs.")
public final class BenchCommand implements Callable<Integer> {
  private static final int MISSING = 3;
  private static final int INVALID = 4;

  private static final int MOST_ROUNDS = 1_000;
  private static final int BURST_FRAMES = 200;
  private static final int MOST_WARM_UP_FRAMES = 3_000;
  private static final double COMPILED_MILLIS_A_FRAME = 0.5;

  @Option(names = "--quick", description = "Fewer rounds, half load only; under five minutes.")
  private boolean quick;

  @Option(names = "--no-peers", description = "The job and its limits alone.")
  private boolean noPeers;

  @Option(
      names = "--peers",
      split = ",",
      description =
          "These peers only: ${COMPLETION-CANDIDATES}; without it all, with --quick or bf16"
              + " all but AS_PUBLISHED, which computes in fp32")
  private @Nullable Set<Contender> peers;

  @Option(
      names = "--precision",
      defaultValue = "fp32",
      description = "Arithmetic of the model: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}")
  private Precision precision = Precision.FP32;

  @Option(names = "--rounds", description = "Rounds, in place of 10, or of 4 with --quick.")
  private @Nullable Integer rounds;

  @Option(names = "--port", defaultValue = "19192", description = "First port: ${DEFAULT-VALUE}")
  private int port;

  @Option(names = "--out", converter = OutputFile.class, description = "JSON file for the figures")
  private @Nullable Path out;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by the parser
  private CommandSpec spec;

  /** Entry point. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new BenchCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Allowed.firstPort(spec, port, Bench.ports());
    if (rounds != null) {
      Allowed.range(spec, "--rounds", rounds, 1, MOST_ROUNDS);
    }
    if (precision == Precision.BF16 && peers != null && peers.contains(Contender.AS_PUBLISHED)) {
      throw new ParameterException(
          spec.commandLine(), "--peers is AS_PUBLISHED, allowed with --precision bf16: the others");
    }
    ModelStore models = ModelStore.of(System.getenv());
    List<String> missing =
        Requirements.missing(models, ModelStore.DEFAULT_MODEL, port, Bench.ports());
    if (!missing.isEmpty()) {
      missing.forEach(problem -> System.err.println("bench: " + problem));
      return MISSING;
    }
    Report report = new Report();
    Model model = models.open(ModelStore.DEFAULT_MODEL);
    BenchPlan plan = quick ? BenchPlan.QUICK : BenchPlan.FULL;
    try (ScratchFolder folder = new ScratchFolder("andon-bench");
        StageSamples samples = new StageSamples();
        Bench bench =
            new Bench(
                contenders(), embedders(models, precision), models.root(), folder.path(), port);
        ModelLimit limit = bench.limit(model)) {
      report.machine(model, bench);
      measure(bench, limit, samples, plan, report);
      bench.requireNothingElse();
    } catch (ModelRefusedException e) {
      System.err.println("bench: " + e.getMessage());
      return MISSING;
    } catch (InvalidRunException e) {
      report.invalid(String.valueOf(e.getMessage()));
      System.err.println("bench: INVALID RUN, its figures count for nothing: " + e.getMessage());
      report.write(out);
      return INVALID;
    }
    report.finish();
    report.print(System.out);
    report.write(out);
    return 0;
  }

  private Set<Contender> contenders() {
    Set<Contender> all = EnumSet.of(Contender.ANDON);
    if (noPeers) {
      return all;
    }
    if (peers != null) {
      all.addAll(peers);
    } else {
      all.addAll(EnumSet.allOf(Contender.class));
      if (quick || precision == Precision.BF16) {
        all.remove(Contender.AS_PUBLISHED);
      }
    }
    return all;
  }

  /** As the job's default configuration has it, but for batches, which peers may want larger. */
  static EmbedderFactory embedders(ModelStore models, Precision precision) throws ConfigException {
    String yaml =
        """
        kafka: {bootstrapServers: "none:1"}
        model: {directory: "%s", maxBatch: 8, precision: %s}
        """
            .formatted(models.root().toAbsolutePath(), precision.wireName());
    return new JobAssembly(JobConfig.parse(yaml, "bench"), Clock.systemUTC()).embedders();
  }

  private void measure(
      Bench bench, ModelLimit limit, StageSamples samples, BenchPlan plan, Report report)
      throws Exception {
    Set<Contender> contenders = contenders();
    progress("warming up");
    report.bestBatch(limit.findBestBatch(plan.limitSeconds() / 4));
    for (Contender contender : contenders) {
      bench.burst(contender, plan.warmUpFrames());
    }
    report.warmUp(plan.warmUpFrames() + compile(bench, contenders));
    report.idle(bench.calibrate());
    int all = rounds == null ? plan.rounds() : rounds;
    for (int round = 1; round <= all; round++) {
      progress("round " + round + " of " + all);
      report.round(round(bench, limit, plan, inTurn(contenders, round)));
    }
    progress("where the time goes");
    profile(bench, samples, plan, report);
    bench.only(Contender.ANDON);
    bench.burst(Contender.ANDON, BURST_FRAMES);
    for (double share : plan.loads()) {
      progress("latency at " + Math.round(share * 100) + " % of the limit");
      report.latency(
          Contender.ANDON,
          share,
          bench.steady(Contender.ANDON, share * report.limit(), plan.latencySeconds()));
    }
    if (plan.peersToo() && !noPeers) {
      contenders.remove(Contender.ANDON);
      for (Contender peer : contenders) {
        progress("latency of " + peer.label() + " at half load");
        bench.only(peer);
        bench.burst(peer, plan.roundFrames());
        report.latency(peer, 0.5, bench.steady(peer, 0.5 * report.limit(), plan.latencySeconds()));
      }
    }
  }

  /**
   * Frames of each contender until the compiler is done, as it is on a line that runs for days. All
   * see as many, so that what they have learnt, and with it what detection costs, is alike.
   */
  private static int compile(Bench bench, Set<Contender> contenders) throws Exception {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    int most = MOST_WARM_UP_FRAMES / contenders.size();
    int frames = 0;
    double allowedMillis = COMPILED_MILLIS_A_FRAME * BURST_FRAMES * contenders.size();
    long spent;
    do {
      long before = compiler.getTotalCompilationTime();
      for (Contender contender : contenders) {
        bench.burst(contender, BURST_FRAMES);
      }
      spent = compiler.getTotalCompilationTime() - before;
      frames += BURST_FRAMES;
    } while (frames < most && spent > allowedMillis);
    return frames;
  }

  /** Every round has another order, so that no contender always comes behind the same one. */
  private static List<Contender> inTurn(Set<Contender> contenders, int round) {
    List<Contender> order = new ArrayList<>(contenders);
    Collections.shuffle(order, new Random(round));
    return order;
  }

  private static Round round(
      Bench bench, ModelLimit limit, BenchPlan plan, List<Contender> contenders) throws Exception {
    Effort model = limit.model(plan.limitSeconds());
    Effort withDecoder = limit.modelAndDecoder(plan.limitSeconds());
    Map<Contender, Effort> efforts = new EnumMap<>(Contender.class);
    for (Contender contender : contenders) {
      efforts.put(contender, bench.burst(contender, plan.roundFrames()));
    }
    return new Round(model, withDecoder, efforts);
  }

  private static void profile(Bench bench, StageSamples samples, BenchPlan plan, Report report)
      throws Exception {
    try (BatchSizes batches = new BatchSizes()) {
      Instant from = Instant.now();
      CpuLedger before = CpuLedger.now();
      Effort effort = bench.burst(Contender.ANDON, 2 * plan.roundFrames());
      CpuLedger after = CpuLedger.now();
      samples.keep(from, Instant.now());
      report.profile(
          effort, after.cpuMillisSince(before, samples), after.allocatedSince(before), batches);
    }
  }

  private static void progress(String what) {
    System.err.println("bench: " + what);
  }

  /** One round over all. */
  record Round(Effort model, Effort withDecoder, Map<Contender, Effort> efforts) {}
}
