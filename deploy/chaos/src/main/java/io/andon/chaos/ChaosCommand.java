package io.andon.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.bench.figures.OutputFile;
import io.andon.bench.figures.ScratchFolder;
import io.andon.bench.options.Allowed;
import io.andon.chaos.fault.Fault;
import io.andon.chaos.ledger.Findings;
import io.andon.chaos.load.Reel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Breaks a cluster again and again and says what came of it. Exit status: 0 if nothing was lost,
 * told twice or learnt otherwise, 1 if something was, 2 wrong usage.
 */
@Command(name = "chaos", mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {
  private static final int MOST_ROUNDS = 1_000;
  private static final List<String> DELIVERIES =
      List.of("at-least-once", "exactly-once", "alternate");

  @Option(names = "--seed", defaultValue = "1", description = "order of faults, pictures")
  private long seed;

  @Option(names = "--rounds", defaultValue = "6", description = "rounds: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(names = "--faults", split = ",", description = "only these; all without it")
  private Set<String> only = Set.of();

  @Option(
      names = "--delivery",
      defaultValue = "alternate",
      description = "at-least-once, exactly-once or alternate, from round to round")
  private String delivery = "alternate";

  @Option(names = "--folder", description = "for data and logs; a temporary one without it")
  private @Nullable Path folder;

  @Option(names = "--root", defaultValue = ".", description = "the checkout, built")
  private Path root = Path.of("");

  @Option(names = "--out", converter = OutputFile.class, description = "JSON file for the figures")
  private @Nullable Path out;

  private final long began = System.nanoTime();
  private final ChaosReport report = new ChaosReport();

  /** Entry point. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ChaosCommand()).execute(arguments));
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // set by the parser
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    // A round that breaks nothing would be told as one that everything was got over in.
    Allowed.range(spec, "--rounds", rounds, 1, MOST_ROUNDS);
    Allowed.words(spec, "--faults", only, FaultCatalogue.names());
    Allowed.words(spec, "--delivery", List.of(delivery), DELIVERIES);
    if (folder != null) {
      return breakAgainAndAgain(folder, () -> {}) ? 0 : 1;
    }
    try (ScratchFolder temporary = new ScratchFolder("andon-chaos")) {
      try {
        return breakAgainAndAgain(temporary.path(), temporary::keep) ? 0 : 1;
      } catch (Exception e) {
        temporary.keep();
        throw e;
      }
    }
  }

  /**
   * @param keep leaves the folder, since after a finding its logs are wanted
   */
  private boolean breakAgainAndAgain(Path base, Runnable keep) throws Exception {
    for (int round = 0; round < rounds; round++) {
      boolean exactlyOnce =
          delivery.equals("alternate") ? round % 2 == 0 : delivery.equals("exactly-once");
      say("round %d of %d, %s", round + 1, rounds, exactlyOnce ? "exactly once" : "at least once");
      run(base.resolve("round-" + (round + 1)).toAbsolutePath(), seed + round, exactlyOnce);
      if (!report.isClean()) {
        keep.run();
      }
    }
    ObjectNode figures = report.json(seed, rounds);
    System.out.println("\n" + report.table());
    figures.properties().stream()
        .filter(figure -> figure.getValue().isValueNode())
        .forEach(figure -> say("%s: %s", figure.getKey(), figure.getValue().asText()));
    if (out != null) {
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), figures);
    }
    boolean clean = report.isClean() && report.ran(only);
    if (!clean) {
      keep.run();
    }
    return clean;
  }

  private void run(Path place, long roundSeed, boolean exactlyOnce) throws Exception {
    Reel reel = Reel.render(roundSeed);
    try (Rig rig = Rig.start(root.toRealPath(), place, reel, exactlyOnce)) {
      say("the cameras are warm");
      ChaosRound round = new ChaosRound(rig, text -> say("%s", text));
      List<ChaosRound.Recovery> recoveries = round.inflict(faults(rig, roundSeed));
      report.failed(round.failures());
      if (!round.failures().isEmpty()) {
        say("what is left of this round would tell nothing; its logs are in %s", place);
        return;
      }
      Findings found = round.compare();
      report.add(recoveries, found, exactlyOnce);
      tell(found);
      if (only.isEmpty() || only.contains(ExpiredOffsets.NAME)) {
        say("%s ...", ExpiredOffsets.NAME);
        ExpiredOffsets.Outcome expired = new ExpiredOffsets(rig.stage(), round).run();
        report.add(List.of(expired.recovery()), expired.findings(), exactlyOnce);
        tell(expired.findings());
      }
    }
  }

  private void tell(Findings found) {
    say(
        "%d frames, %d scored, %s set aside, %d lost, %d different, %d contradictions,"
            + " %d events, %d came again, %d baselines compared",
        found.frames(),
        found.scored(),
        found.setAside(),
        found.lost().size(),
        found.different().size(),
        found.contradictions().size(),
        found.incidentEvents(),
        found.redelivered(),
        found.baselines());
  }

  private List<Fault> faults(Rig rig, long roundSeed) {
    List<Fault> faults = new ArrayList<>(FaultCatalogue.all(rig, report));
    if (!only.isEmpty()) {
      faults.removeIf(fault -> !only.contains(fault.name()));
    }
    Collections.shuffle(faults, new Random(roundSeed));
    return faults;
  }

  private void say(String format, Object... values) {
    Duration passed = Duration.ofNanos(System.nanoTime() - began);
    System.out.printf(
        Locale.ROOT,
        "[%d:%02d] %s%n",
        passed.toMinutes(),
        passed.toSecondsPart(),
        String.format(Locale.ROOT, format, values));
  }
}
