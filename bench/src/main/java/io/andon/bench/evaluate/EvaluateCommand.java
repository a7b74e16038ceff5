package io.andon.bench.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.andon.bench.evaluate.data.DataFolder;
import io.andon.bench.evaluate.data.DataProblem;
import io.andon.bench.evaluate.data.LabelledSet;
import io.andon.bench.figures.OutputFile;
import io.andon.config.ConfigException;
import io.andon.embedding.model.ModelRefusedException;
import io.andon.embedding.model.ModelStore;
import io.andon.embedding.picture.JpegPictureDecoder;
import io.andon.embedding.tensorflow.Precision;
import io.andon.embedding.tensorflow.TensorFlowSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures detection on a folder of labelled pictures and videos, and prints and writes figures.
 */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description =
        "Runs labelled pictures and videos through decoder, model and detection and measures what"
            + " is found.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:measured",
      "1:failed, or a set could not be measured; figures of the others are written",
      "2:no such data, none that can be used, or usage"
    })
public final class EvaluateCommand implements Callable<Integer> {
  /** Exit status where something went wrong. */
  static final int FAILED = 1;

  /** Exit status where there is nothing to measure. */
  static final int UNUSABLE = 2;

  @Option(names = "--data", required = true, description = "folder of labelled data")
  private Path data = Path.of("");

  @Option(names = "--out", converter = OutputFile.class, description = "JSON file for the figures")
  private @Nullable Path out;

  @Option(
      names = "--markdown",
      converter = OutputFile.class,
      description = "file for the table, in Markdown")
  private @Nullable Path markdown;

  @Option(names = "--sets", split = ",", description = "sets to measure; all by default")
  private List<String> sets = List.of();

  @Option(
      names = "--cache",
      defaultValue = ".cache/evaluate",
      description = "folder for embedded frames: ${DEFAULT-VALUE}")
  private Path cache = Path.of("");

  @Option(names = "--models", description = "folder of models; by default $ANDON_MODELS")
  private @Nullable Path models;

  @Option(
      names = "--settings",
      defaultValue = "default",
      description = "default or quality, for videos: ${DEFAULT-VALUE}")
  private String settings = "";

  @Option(
      names = "--precision",
      defaultValue = "fp32",
      description = "arithmetic of the model: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}")
  private Precision precision = Precision.FP32;

  @Option(names = "--scores", description = "folder for a CSV file a set, a line a frame")
  private @Nullable Path scores;

  @Option(
      names = "--contaminate",
      split = ",",
      description = "shares of poisoned pictures to try, percent: 5,10,20")
  private List<Double> contaminate = List.of();

  @Option(
      names = "--part-gap",
      defaultValue = "0",
      description =
          "pictures of a class whose names' last numbers are no further apart show one part; poison"
              + " is measured on other parts too. 0: every picture is of another part")
  private int partGap;

  @Option(
      names = "--gate",
      split = ",",
      description =
          "what ingest's gate saves and costs on videos: off, safe, aggressive; ${DEFAULT-VALUE}",
      defaultValue = "off")
  private List<String> gates = List.of();

  @Option(
      names = "--disturb",
      split = ",",
      description =
          "videos once more under what a camera may have: shake, noise, dim, half, left, right,"
              + " middle, or all")
  private List<String> disturb = List.of();

  @Option(
      names = "--crop",
      defaultValue = "auto",
      description =
          "auto: pictures are cut to a part that lies on a plain ground, if normal ones show one;"
              + " off: never; ${DEFAULT-VALUE}")
  private String crop = "";

  @Option(names = "--fps", defaultValue = "0", description = "rate of every video; 0: its own")
  private double fps;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "decides every draw: ${DEFAULT-VALUE}")
  private long seed;

  private EvaluateCommand() {}

  /** Entry point. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs the command and returns its exit status. */
  static int run(String... arguments) {
    return new CommandLine(new EvaluateCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    Progress progress = new Progress(System.out, System::nanoTime);
    try {
      checkOptions();
      List<LabelledSet> found =
          new DataFolder(data, progress::note).sets(new LinkedHashSet<>(sets));
      return measure(found, progress);
    } catch (DataProblem | ConfigException | ModelRefusedException e) {
      System.err.println("evaluate: " + e.getMessage());
      return UNUSABLE;
    }
  }

  private void checkOptions() throws DataProblem {
    if (!Set.of("default", "quality").contains(settings)) {
      throw new DataProblem("--settings is " + settings + ", allowed: default, quality");
    }
    if (!Set.of("auto", "off").contains(crop)) {
      throw new DataProblem("--crop is " + crop + ", allowed: auto, off");
    }
    for (String gate : gates) {
      if (!Set.of("off", "safe", "aggressive").contains(gate)) {
        throw new DataProblem("--gate is " + gate + ", allowed: off, safe, aggressive");
      }
    }
    Disturbance.of(disturb);
    for (double percent : contaminate) {
      if (!(percent > 0 && percent < 100)) {
        throw new DataProblem("--contaminate is " + percent + ", allowed: above 0, below 100");
      }
    }
    if (partGap < 0) {
      throw new DataProblem("--part-gap is " + partGap + ", allowed: 0 or more");
    }
    if (!(fps >= 0 && fps <= 1000)) {
      throw new DataProblem("--fps is " + fps + ", allowed: 0 to 1000");
    }
  }

  private int measure(List<LabelledSet> found, Progress progress)
      throws IOException, DataProblem, ConfigException {
    EvaluateOptions options =
        new EvaluateOptions(
            settings,
            contaminate.stream().map(percent -> percent / 100).toList(),
            partGap,
            seed,
            scores == null ? null : new ScoresCsv(scores),
            gates.stream().filter(gate -> !gate.equals("off")).toList(),
            Disturbance.of(disturb),
            crop.equals("auto"),
            progress);
    TensorFlowSettings model =
        TensorFlowSettings.of(
                store().open(ModelStore.DEFAULT_MODEL), new JpegPictureDecoder().name())
            .withPrecision(precision);
    SetRuns runs = new SetRuns(options, System.err);
    try (Embedding embedding = new Embedding(cache, model, fps, progress)) {
      runs.measure(found, embedding);
    }
    report(runs.figures(), progress);
    return runs.exitStatus();
  }

  private ModelStore store() {
    return models == null ? ModelStore.of(System.getenv()) : new ModelStore(models);
  }

  private void report(List<Figures> figures, Progress progress) throws IOException {
    if (figures.isEmpty()) {
      System.err.println("evaluate: nothing was measured");
    }
    figures.forEach(one -> one.put("precision", precision.wireName()));
    String table = ReportTable.of(figures);
    PrintStream utf8 = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    utf8.println();
    utf8.print(table);
    if (markdown != null) {
      write(markdown, table);
    }
    if (out != null) {
      ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      write(
          out,
          json.writeValueAsString(figures.stream().map(Figures::values).toList())
              + System.lineSeparator());
      progress.step("all", "figures are in " + out);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }
}
