package io.andon.job.config;

import io.andon.detection.Observation;
import io.andon.embedding.InputShape;
import io.andon.embedding.model.ModelDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Whether detection takes what a model gives. Its bounds keep the state of a camera small; a model
 * beyond them would start, and have every frame set aside.
 */
final class ModelFit {
  private ModelFit() {}

  /** What is out of bounds; nothing if the model fits. */
  static List<String> problems(ModelDescriptor model) {
    List<String> problems = new ArrayList<>();
    int channels = model.patches().channels();
    require(problems, "patches.channels is " + channels, channels, Observation.MAX_CHANNELS);
    int dimensions = model.pooled().dimensions();
    require(
        problems, "pooled.dimensions is " + dimensions, dimensions, Observation.MAX_POOLED_VALUES);
    int stride = model.patches().stride();
    InputShape largest = most(model, shape -> shape.width() * shape.height());
    int cells = (largest.width() / stride) * (largest.height() / stride);
    require(problems, grid(largest) + cells + " cells", cells, Observation.MAX_CELLS);
    long values = (long) cells * channels;
    require(problems, grid(largest) + values + " values", values, Observation.MAX_PATCH_VALUES);
    InputShape longest = most(model, shape -> Math.max(shape.width(), shape.height()));
    int side = Math.max(longest.width(), longest.height()) / stride;
    require(problems, grid(longest) + side + " cells a side", side, Observation.MAX_GRID_SIDE);
    return problems.stream()
        .map(problem -> "model " + model.idAndVersion() + ": " + problem)
        .toList();
  }

  private static InputShape most(ModelDescriptor model, ToIntFunction<InputShape> measure) {
    return model.input().shapes().stream().max(Comparator.comparingInt(measure)).orElseThrow();
  }

  private static String grid(InputShape shape) {
    return "input.shapes has " + shape.width() + "x" + shape.height() + ", whose grid has ";
  }

  private static void require(List<String> problems, String what, long value, long most) {
    if (value > most) {
      problems.add(what + "; detection takes at most " + most);
    }
  }
}
