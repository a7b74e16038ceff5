package io.andon.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.bench.figures.OutputFile;
import io.andon.bench.figures.ScratchFolder;
import io.andon.bench.options.Allowed;
import io.andon.chaos.cluster.Cluster;
import io.andon.chaos.cluster.Cluster.Part;
import io.andon.chaos.cluster.FlinkRest;
import io.andon.chaos.fault.Stage;
import io.andon.chaos.ledger.Ledger;
import io.andon.chaos.load.FrameFeed;
import io.andon.chaos.load.Reel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Whether another TaskManager adds throughput: the same frames through one on a core, two on a core
 * each, and two that share a core, on a cluster of separate processes. Exit status: 0 with figures,
 * 1 failed, 2 wrong usage, 3 if something is missing.
 */
@Command(name = "scale", mixinStandardHelpOptions = true)
public final class ScaleCommand implements Callable<Integer> {
  private static final int MISSING = 3;
  private static final int CAMERAS = 12;
  private static final int MOST_FRAMES = 100_000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofSeconds(30);

  /** Which core each TaskManager is held to. */
  private record Layout(String name, List<Integer> cores) {}

  private static final List<Layout> LAYOUTS =
      List.of(
          new Layout("one TaskManager on a core", List.of(0)),
          new Layout("two TaskManagers, a core each", List.of(0, 1)),
          new Layout("two TaskManagers on one core", List.of(0, 0)));

  @Option(
      names = "--warm-up-frames",
      defaultValue = "100",
      description = "frames of each of 12 cameras before anything is measured: ${DEFAULT-VALUE}")
  private int warmUpFrames;

  @Option(
      names = "--frames",
      defaultValue = "150",
      description = "frames of each of 12 cameras that are measured: ${DEFAULT-VALUE}")
  private int frames;

  @Option(names = "--root", defaultValue = ".", description = "the checkout, built")
  private Path root = Path.of("");

  @Option(names = "--out", converter = OutputFile.class, description = "JSON file for the figures")
  private @Nullable Path out;

  /** Entry point. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ScaleCommand()).execute(arguments));
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // set by the parser
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Allowed.range(spec, "--warm-up-frames", warmUpFrames, 0, MOST_FRAMES);
    Allowed.range(spec, "--frames", frames, 1, MOST_FRAMES);
    if (Runtime.getRuntime().availableProcessors() < 2) {
      System.err.println("scale: this machine has 1 core; two are the least that can be compared");
      return MISSING;
    }
    try (ScratchFolder base = new ScratchFolder("andon-scale")) {
      System.err.println("scale: data and logs are in " + base.path() + " until it has succeeded");
      try {
        compare(base.path());
      } catch (Exception e) {
        base.keep(); // its logs are wanted
        throw e;
      }
    }
    return 0;
  }

  private void compare(Path base) throws Exception {
    Reel reel = shared(Reel.render(1));
    ObjectNode json = new ObjectMapper().createObjectNode();
    ArrayNode layouts = json.putArray("layouts");
    json.put("cores", Runtime.getRuntime().availableProcessors());
    double first = 0;
    System.out.printf("%-32s %10s %18s%n", "", "frames/s", "against the first");
    for (Layout layout : LAYOUTS) {
      double rate = measure(layout, base.resolve("layout-" + layouts.size()), reel);
      first = first == 0 ? rate : first;
      System.out.printf(Locale.ROOT, "%-32s %10.1f %18.2f%n", layout.name(), rate, rate / first);
      layouts
          .addObject()
          .put("layout", layout.name())
          .put("frames_per_second", rate)
          .put("against_the_first", rate / first);
    }
    if (out != null) {
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), json);
    }
  }

  /** Enough cameras for even work, which show the same in turns. */
  private static Reel shared(Reel reel) {
    return new Reel(
        IntStream.range(0, CAMERAS)
            .mapToObj(
                i ->
                    new Reel.Camera(
                        "scale-" + i, reel.cameras().get(i % reel.cameras().size()).pictures()))
            .toList());
  }

  private double measure(Layout layout, Path folder, Reel reel) throws Exception {
    Cluster cluster = Cluster.in(root.toRealPath(), folder, Map.of());
    Files.writeString(cluster.config(), JobFiles.scaled(cluster, 1));
    try (cluster) {
      cluster.start();
      hold(cluster, layout.cores().get(0));
      for (int core : layout.cores().subList(1, layout.cores().size())) {
        cluster.startTaskManager();
        hold(cluster, core);
      }
      rescale(cluster, layout.cores().size());
      try (Ledger ledger = new Ledger(cluster.bootstrapServers(), Map.of());
          FrameFeed feed = new FrameFeed(cluster.bootstrapServers(), reel)) {
        pass(feed, ledger, warmUpFrames);
        long began = System.nanoTime();
        pass(feed, ledger, frames);
        return frames * CAMERAS / ((System.nanoTime() - began) / 1e9);
      }
    }
  }

  private static void pass(FrameFeed feed, Ledger ledger, int framesOfEachCamera) {
    feed.sendMore(framesOfEachCamera);
    Stage.await("all is scored", PATIENCE, () -> ledger.scored("") >= feed.sent());
  }

  /** All threads of the youngest TaskManager stay on a core, those that it starts later too. */
  private static void hold(Cluster cluster, int core) throws IOException, InterruptedException {
    cluster
        .shell()
        .require(
            SHORT,
            "taskset",
            "-acp",
            Integer.toString(core),
            Long.toString(cluster.pid(Part.TASK_MANAGER)));
  }

  private static void rescale(Cluster cluster, int taskManagers) throws Exception {
    if (taskManagers > 1) {
      Stage.await(
          "all tasks run",
          PATIENCE,
          () -> cluster.rest().job().flatMap(FlinkRest.Job::runningSinceMillis).isPresent());
      String job = cluster.rest().job().orElseThrow().id();
      String savepoint = cluster.stopWithSavepoint(job);
      Files.writeString(cluster.config(), JobFiles.scaled(cluster, taskManagers));
      cluster.submit(cluster.jar(), cluster.config(), "-s", savepoint);
    }
  }
}
