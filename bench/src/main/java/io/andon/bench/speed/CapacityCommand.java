package io.andon.bench.speed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.bench.figures.OutputFile;
import io.andon.bench.figures.ScratchFolder;
import io.andon.bench.options.Allowed;
import io.andon.broker.EmbeddedBroker;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.EmbedderLease;
import io.andon.embedding.model.ModelStore;
import io.andon.embedding.tensorflow.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures what the job carries around its model: the same frames spread over more and more
 * cameras. Exit codes as of {@link BenchCommand}.
 */
@Command(
    name = "capacity",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what the job carries around its model: the same frames spread over 10, 100 and 1,000",
      "cameras, with embeddings that were recorded before and cost nothing."
    })
public final class CapacityCommand implements Callable<Integer> {
  private static final int MISSING = 3;
  private static final int INVALID = 4;
  private static final int PORTS = 3;
  private static final List<String> STATE_BACKENDS = List.of("hashmap", "rocksdb");
  private static final int FRAMES = 3_000;
  private static final int MOST_CAMERAS = 100_000;

  /** As many as a detector of the cases takes to warm up. */
  static final int LEAST_WARM_UP_FRAMES = 40;

  /** With fewer detectors in memory than cameras a frame costs so much that fewer are enough. */
  private static final int CROWDED_CAMERAS = 64;

  private static final int CROWDED_FRAMES = 192;

  @Option(
      names = "--cameras",
      split = ",",
      defaultValue = "10,100,1000",
      description = "numbers of cameras: ${DEFAULT-VALUE}")
  private Set<Integer> cameras = Set.of();

  @Option(
      names = "--warm-up-frames",
      defaultValue = "40",
      description = "frames of each camera before anything is measured: ${DEFAULT-VALUE}")
  private int warmUpFrames;

  @Option(
      names = "--checkpoint-seconds",
      defaultValue = "10",
      description = "time between checkpoints: ${DEFAULT-VALUE}")
  private int checkpointSeconds;

  @Option(names = "--port", defaultValue = "19292", description = "First port: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--state",
      split = ",",
      defaultValue = "hashmap,rocksdb",
      description = "where state is kept: ${DEFAULT-VALUE}")
  private Set<String> stateBackends = Set.of();

  @Option(names = "--out", converter = OutputFile.class, description = "JSON file for the figures")
  private @Nullable Path out;

  /** Entry point. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new CapacityCommand()).execute(arguments));
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // set by the parser
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    requireAllowed();
    ModelStore models = ModelStore.of(System.getenv());
    List<String> missing = Requirements.missing(models, ModelStore.DEFAULT_MODEL, port, PORTS);
    int most = cameras.stream().max(Integer::compare).orElse(0);
    missing.addAll(Requirements.heapFor(most, Runtime.getRuntime().maxMemory() >> 20));
    missing.addAll(Requirements.freeFor(most, Requirements.freeMebibytes()));
    if (!missing.isEmpty()) {
      missing.forEach(problem -> System.err.println("capacity: " + problem));
      return MISSING;
    }
    ObjectNode json = new ObjectMapper().createObjectNode();
    try {
      measure(models, json);
    } catch (InvalidRunException e) {
      System.err.println("capacity: INVALID RUN, its figures count for nothing: " + e.getMessage());
      json.removeAll();
      json.put("valid", false).put("why", e.getMessage());
      write(json);
      return INVALID;
    }
    write(json.put("valid", true).put("complete", true));
    return 0;
  }

  private void requireAllowed() {
    Allowed.firstPort(spec, port, PORTS);
    for (int number : cameras) {
      Allowed.range(spec, "--cameras", number, 1, MOST_CAMERAS);
    }
    Allowed.range(spec, "--warm-up-frames", warmUpFrames, LEAST_WARM_UP_FRAMES, 10_000);
    Allowed.range(spec, "--checkpoint-seconds", checkpointSeconds, 1, 3_600);
    Allowed.words(spec, "--state", stateBackends, STATE_BACKENDS);
  }

  private void measure(ModelStore models, ObjectNode json) throws Exception {
    try (ScratchFolder folder = new ScratchFolder("andon-capacity")) {
      measure(models, folder.path(), json);
    }
  }

  private void measure(ModelStore models, Path folder, ObjectNode json) throws Exception {
    Pictures pictures = Pictures.render(1);
    progress("recording what the model says of the pictures");
    try (EmbedderLease lease = BenchCommand.embedders(models, Precision.FP32).acquire();
        EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), port, port + 1)) {
      Machine.describe(json.putObject("machine"), models.open(ModelStore.DEFAULT_MODEL), "fp32");
      EmbedderFactory recorded =
          RecordedEmbedder.Factory.sharing(RecordedEmbedder.of(lease.embedder(), pictures));
      ArrayNode figures = json.putArray("cases");
      System.out.println(CapacityTable.HEAD);
      CapacityRun.Plan plan = plan();
      for (CapacityCase one : cases()) {
        progress(one.cameras() + " cameras, state in " + one.stateBackend());
        CapacityRun run = new CapacityRun(one, broker, folder, port + 2, plan);
        CapacityRun.Figures found =
            run.measure(recorded, pictures.sharedBy(one.cameras()), models.root());
        System.out.println(CapacityTable.row(found));
        CapacityTable.write(found, figures.addObject());
        write(json.put("valid", true).put("complete", false)); // cases take up to half an hour
      }
    }
  }

  private CapacityRun.Plan plan() throws InterruptedException {
    return new CapacityRun.Plan(
        warmUpFrames, Duration.ofSeconds(checkpointSeconds), CapacityRun.heapBytes());
  }

  private List<CapacityCase> cases() {
    List<CapacityCase> cases = new ArrayList<>();
    for (String stateBackend : stateBackends) {
      for (int number : cameras) {
        cases.add(CapacityCase.of(number, stateBackend, FRAMES));
      }
      cases.add(
          new CapacityCase(CROWDED_CAMERAS, stateBackend, CROWDED_CAMERAS / 2, CROWDED_FRAMES));
    }
    return cases;
  }

  private void write(ObjectNode json) throws IOException {
    if (out != null) {
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), json);
    }
  }

  private static void progress(String what) {
    System.err.println("capacity: " + what);
  }
}
