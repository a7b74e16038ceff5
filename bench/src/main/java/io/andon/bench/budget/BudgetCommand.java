package io.andon.bench.budget;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.detection.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Watches simulated cameras for days of event time and shows whether each budget was kept. */
@Command(
    name = "budget",
    mixinStandardHelpOptions = true,
    description = "Proves the false-alarm budget on simulated feature streams.")
public final class BudgetCommand implements Callable<Integer> {
  static final double[] BUDGETS = {24, 4, 1};

  @Option(names = "--cameras", defaultValue = "20", description = "${DEFAULT-VALUE}")
  private int cameras;

  @Option(names = "--hours", defaultValue = "24", description = "each: ${DEFAULT-VALUE}")
  private double hours;

  @Option(names = "--seed", defaultValue = "1", description = "${DEFAULT-VALUE}")
  private long seed;

  @Option(names = "--threads", defaultValue = "2", description = "${DEFAULT-VALUE}")
  private int threads;

  @Option(names = "--list", description = "list every false alarm and every visible miss")
  private boolean list;

  @Option(names = "--out", description = "file that the figures go to, as JSON")
  private @Nullable Path out;

  /** Entry point. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BudgetCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    BudgetRun run = BudgetRun.of(seed, cameras, hours, BUDGETS, threads);
    run.print(System.out, list);
    return run.kept() ? 0 : 1;
  }
}
