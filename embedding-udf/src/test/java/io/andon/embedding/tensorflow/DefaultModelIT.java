package io.andon.embedding.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.embedding.Embedder;
import io.andon.embedding.EmbedderContract;
import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.InputShape;
import io.andon.embedding.model.ModelStore;
import io.andon.embedding.model.TestModels;
import io.andon.embedding.picture.DeadLeaves;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultModelIT extends EmbedderContract {
  @Override
  protected Embedder open() {
    return TensorFlowEmbedder.open(
        TensorFlowSettings.of(TestModels.open(ModelStore.DEFAULT_MODEL), "test-1"));
  }

  @Test
  void keepsTheAspectOfTheCamera() {
    try (Embedder embedder = open()) {
      assertThat(embedder.inputShapeFor(1920, 1080)).isEqualTo(new InputShape(448, 256));
      assertThat(embedder.inputShapeFor(512, 288)).isEqualTo(new InputShape(448, 256));
      assertThat(embedder.inputShapeFor(640, 480)).isEqualTo(new InputShape(352, 256));
      assertThat(embedder.inputShapeFor(480, 640)).isEqualTo(new InputShape(256, 352));
      assertThat(embedder.inputShapeFor(500, 500)).isEqualTo(new InputShape(256, 256));
    }
  }

  @Test
  void usesTheRangeOfInt8WithoutClippingMuch() {
    long clipped = 0;
    long values = 0;
    double squares = 0;
    try (Embedder embedder = open()) {
      for (int seed = 5000; seed < 5020; seed++) {
        FrameEmbedding embedding =
            ((EmbeddingResult.Valid)
                    embedder
                        .embed(List.of(DeadLeaves.picture(seed, new InputShape(448, 256))))
                        .get(0))
                .embedding();
        for (byte value : embedding.patches()) {
          clipped += Math.abs(value) == 127 ? 1 : 0;
          double deviations = value * (double) embedding.patchScale();
          squares += deviations * deviations;
          values++;
        }
      }
    }
    assertThat((double) clipped / values).as("share of clipped values").isLessThan(0.001);
    assertThat(Math.sqrt(squares / values)).as("deviation over all dimensions").isBetween(0.5, 1.2);
  }
}
