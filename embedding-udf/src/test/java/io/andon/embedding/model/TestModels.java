package io.andon.embedding.model;

import java.nio.file.Files;
import java.nio.file.Path;

/** The models that {@code scripts/model} built; a test that needs one fails where it is missing. */
public final class TestModels {
  /** The id of the second, unwhitened network. */
  public static final String SECOND_MODEL = "movenet-mobilenet-v2";

  private TestModels() {}

  /** A model by id. */
  public static Model open(String id) {
    Path root = root();
    if (!Files.exists(root.resolve(id))) {
      throw new AssertionError(
          "no model " + id + " in " + root.toAbsolutePath() + ": run scripts/model first");
    }
    return new ModelStore(root).open(id);
  }

  /**
   * {@code ANDON_MODELS}, else {@code .cache/models} in the nearest directory above that has it.
   */
  private static Path root() {
    String named = System.getenv(ModelStore.ROOT_VARIABLE);
    if (named != null) {
      return Path.of(named);
    }
    Path above = Path.of("").toAbsolutePath();
    while (above != null) {
      Path root = above.resolve(".cache/models");
      if (Files.isDirectory(root)) {
        return root;
      }
      above = above.getParent();
    }
    return Path.of(".cache/models");
  }
}
