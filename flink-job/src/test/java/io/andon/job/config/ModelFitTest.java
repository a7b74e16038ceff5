package io.andon.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.detection.FrameStamp;
import io.andon.detection.Observation;
import io.andon.embedding.InputShape;
import io.andon.embedding.model.ElementType;
import io.andon.embedding.model.ModelDescriptor;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model that starts is one whose frames detection takes. */
class ModelFitTest {
  private static ModelDescriptor model(int channels, int dimensions, InputShape... shapes) {
    return new ModelDescriptor(
        "net",
        "1",
        "0".repeat(64),
        "embed",
        new ModelDescriptor.Input(
            "images", ElementType.FLOAT32, ModelDescriptor.ColourOrder.RGB, 0, 1, List.of(shapes)),
        new ModelDescriptor.Patches("patches", ElementType.FLOAT32, 16, channels, 0.05f),
        new ModelDescriptor.Pooled("pooled", dimensions),
        null,
        null,
        new ModelDescriptor.Licence("MIT", "LICENSE", "test"));
  }

  @Test
  void everyBoundThatIsPassedIsToldAtOnce() {
    assertThat(ModelFit.problems(model(1_024, 8_192, new InputShape(448, 256))))
        .containsExactly(
            "model net@1: patches.channels is 1024; detection takes at most 256",
            "model net@1: pooled.dimensions is 8192; detection takes at most 4096",
            "model net@1: input.shapes has 448x256, whose grid has 458752 values; detection takes"
                + " at most 131072");
    assertThat(ModelFit.problems(model(8, 64, new InputShape(256, 256), new InputShape(640, 448))))
        .containsExactly(
            "model net@1: input.shapes has 640x448, whose grid has 1120 cells; detection takes at"
                + " most 1024");
  }

  @ParameterizedTest
  @CsvSource({
    "120, 480, 640, 256",
    "128, 1280, 256, 640",
    "256, 4096, 512, 256",
    "257, 64, 64, 64",
    "8, 4097, 64, 64",
    "256, 64, 512, 272",
    "8, 64, 4096, 32",
    "8, 64, 4112, 16",
    "8, 64, 528, 512"
  })
  void whatFitsIsWhatAnObservationTakes(int channels, int dimensions, int width, int height) {
    ModelDescriptor model = model(channels, dimensions, new InputShape(width, height));

    boolean taken = isTaken(height / 16, width / 16, channels, dimensions);

    assertThat(ModelFit.problems(model).isEmpty()).isEqualTo(taken);
  }

  private static boolean isTaken(int rows, int columns, int channels, int dimensions) {
    byte[] patches = new byte[rows * columns * channels];
    byte[] pooled = new byte[dimensions];
    FrameStamp stamp = new FrameStamp(1, 1, 1, 0, 0);
    return Assertions.catchThrowable(
            () ->
                new Observation(
                    stamp,
                    "s",
                    64,
                    64,
                    rows,
                    columns,
                    channels,
                    patches,
                    pooled,
                    1,
                    1,
                    new byte[1],
                    false))
        == null;
  }
}
