package io.andon.bench.budget;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.andon.bench.figures.OutputFile;
import io.andon.bench.options.Allowed;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Watches simulated cameras for days of event time and shows whether each budget was kept. */
@Command(
    name = "budget",
    mixinStandardHelpOptions = true,
    description = {
      "Proves the false-alarm budget: simulated feature streams through the real detector.",
      "Exit status 0 only if every budget was kept and visible anomalies were found in time."
    })
public final class BudgetCommand implements Callable<Integer> {
  /** An hour, six hours and a day for each false alarm. */
  static final double[] BUDGETS = {24, 4, 1};

  private static final int QUICK_CAMERAS = 4;
  private static final double QUICK_HOURS = 4;
  private static final double[] QUICK_BUDGETS = {24};
  private static final int MOST_CAMERAS = 10_000;
  private static final double MOST_HOURS = 8_760;
  private static final int MOST_THREADS = 1_024;

  @Option(names = "--cameras", defaultValue = "20", description = "${DEFAULT-VALUE}")
  private int cameras;

  @Option(names = "--hours", defaultValue = "24", description = "each: ${DEFAULT-VALUE}")
  private double hours;

  @Option(names = "--seed", defaultValue = "1", description = "${DEFAULT-VALUE}")
  private long seed;

  @Option(names = "--threads", defaultValue = "2", description = "${DEFAULT-VALUE}")
  private int threads;

  @Option(names = "--quick", description = "4 cameras for 4 hours under 24 a day")
  private boolean quick;

  @Option(names = "--list", description = "list every false alarm and every visible miss")
  private boolean list;

  @Option(names = "--out", converter = OutputFile.class, description = "JSON file for the figures")
  private @Nullable Path out;

  /** Entry point. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BudgetCommand()).execute(arguments));
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // set by the parser
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Allowed.range(spec, "--cameras", cameras, 1, MOST_CAMERAS);
    Allowed.range(spec, "--hours", hours, 1, MOST_HOURS);
    Allowed.range(spec, "--threads", threads, 1, MOST_THREADS);
    BudgetRun run =
        quick
            ? BudgetRun.of(seed, QUICK_CAMERAS, QUICK_HOURS, QUICK_BUDGETS, threads)
            : BudgetRun.of(seed, cameras, hours, BUDGETS, threads);
    BudgetReport report = new BudgetReport(run, seed);
    report.print(System.out);
    if (list) {
      report.list(System.out);
    }
    if (out != null) {
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), report.json());
    }
    return run.passed() ? 0 : 1;
  }
}
