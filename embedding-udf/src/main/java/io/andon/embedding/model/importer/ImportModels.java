package io.andon.embedding.model.importer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Imports every network this project ships a recipe for. {@code scripts/model} calls it. */
@Command(name = "import-models", mixinStandardHelpOptions = true)
public final class ImportModels implements Callable<Integer> {
  @Option(names = "--packages", required = true, description = "node_modules of npm ci")
  private Path packages = Path.of("");

  @Option(names = "--models", required = true, description = "where model directories go")
  private Path models = Path.of("");

  @Override
  public Integer call() throws IOException {
    for (Recipe recipe : Recipe.ALL) {
      Path directory = models.resolve(recipe.id());
      new NetworkImport(recipe, packages.resolve(Recipe.PACKAGE)).into(directory);
      System.out.println("model: " + directory + " (" + recipe.version() + ")");
    }
    return 0;
  }

  /** Runs the command line. */
  public static void main(String... args) {
    System.exit(new CommandLine(new ImportModels()).execute(args));
  }
}
