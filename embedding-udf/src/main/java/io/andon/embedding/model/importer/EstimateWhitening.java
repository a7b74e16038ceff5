package io.andon.embedding.model.importer;

import io.andon.embedding.InputShape;
import io.andon.embedding.model.Model;
import io.andon.embedding.model.ModelStore;
import io.andon.embedding.model.Whitening;
import io.andon.embedding.picture.DeadLeaves;
import io.andon.embedding.tensorflow.RawOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Estimates the default model's whitening from seeded, procedural pictures and writes the resource
 * that is kept in the repository. To be run when the network or the pictures change, and then under
 * another id: every baseline learnt before is void.
 */
@Command(name = "estimate-whitening", mixinStandardHelpOptions = true)
public final class EstimateWhitening implements Callable<Integer> {
  private static final Recipe RECIPE = Recipe.CENTERNET;
  private static final int OUTPUTS = 120;
  private static final double SHRINKAGE = 0.02;
  private static final float STEP = 0.05f;
  private static final long FIRST_SEED = 1;
  private static final List<InputShape> SHAPES =
      List.of(new InputShape(448, 256), new InputShape(352, 256), new InputShape(256, 256));

  @Option(names = "--packages", required = true, description = "node_modules of npm ci")
  private Path packages = Path.of("");

  @Option(names = "--out", required = true, description = "the resource to write")
  private Path out = Path.of("");

  @Option(names = "--id", required = true, description = "id of the projection")
  private String id = "";

  @Option(names = "--pictures", defaultValue = "1200", description = "default: ${DEFAULT-VALUE}")
  private int pictures;

  @Override
  public Integer call() throws IOException {
    Path directory = Files.createTempDirectory("andon-unwhitened");
    new NetworkImport(RECIPE.unwhitened(), packages.resolve(Recipe.PACKAGE)).into(directory);
    CovarianceAccumulator samples = new CovarianceAccumulator(RECIPE.channels());
    Model model = ModelStore.openDirectory(directory);
    try (RawOutput features = RawOutput.open(model, NetworkImport.FEATURES)) {
      for (int i = 0; i < pictures; i++) {
        InputShape shape = SHAPES.get(i % SHAPES.size());
        float[] cells = features.of(DeadLeaves.picture(FIRST_SEED + i, shape), "features");
        for (int at = 0; at < cells.length; at += RECIPE.channels()) {
          samples.add(cells, at);
        }
      }
    }
    String provenance =
        String.format(
            Locale.ROOT,
            "%s %s, %d dead-leaves pictures, seeds from %d, %d cells, shrinkage %s",
            RECIPE.id(),
            RECIPE.version(),
            pictures,
            FIRST_SEED,
            samples.count(),
            SHRINKAGE);
    Whitening whitening =
        new WhiteningEstimate(OUTPUTS, SHRINKAGE, STEP).of(samples, id, provenance);
    Files.writeString(out, whitening.toJson(), StandardCharsets.UTF_8);
    System.out.println("whitening: " + out + " (" + provenance + ")");
    return 0;
  }

  /** Runs the command line. */
  public static void main(String... args) {
    System.exit(new CommandLine(new EstimateWhitening()).execute(args));
  }
}
