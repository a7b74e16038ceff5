package io.andon.embedding.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.embedding.Embedder;
import io.andon.embedding.EmbedderContract;
import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.InputShape;
import io.andon.embedding.model.ElementType;
import io.andon.embedding.model.Model;
import io.andon.embedding.model.TestModels;
import io.andon.embedding.picture.DeadLeaves;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another network, whose patches leave the graph as floats. */
class SecondModelIT extends EmbedderContract {
  @Override
  protected Embedder open() {
    return TensorFlowEmbedder.open(TensorFlowSettings.of(model(), "test-1"));
  }

  private static Model model() {
    return TestModels.open(TestModels.SECOND_MODEL);
  }

  @Test
  void quantisesItsFloatsByTheDescriptorsScale() {
    assertThat(model().descriptor().patches().dtype()).isEqualTo(ElementType.FLOAT32);
    try (Embedder embedder = open()) {
      FrameEmbedding embedding =
          ((EmbeddingResult.Valid)
                  embedder.embed(List.of(DeadLeaves.picture(3, new InputShape(256, 256)))).get(0))
              .embedding();

      // Each half of a cell's features has unit length, so the cell's squares sum to two.
      double squares = 0;
      for (int i = 0; i < embedding.channels(); i++) {
        double value = embedding.patches()[i] * (double) embedding.patchScale();
        squares += value * value;
      }
      assertThat(squares).isBetween(1.9, 2.1);
      assertThat(embedding.pooled()).hasSize(1280);
    }
  }
}
