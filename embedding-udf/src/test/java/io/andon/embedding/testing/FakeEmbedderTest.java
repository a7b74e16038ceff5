package io.andon.embedding.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.embedding.Embedder;
import io.andon.embedding.EmbedderContract;
import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import io.andon.embedding.picture.DeadLeaves;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeEmbedderTest extends EmbedderContract {
  @Override
  protected Embedder open() {
    return new FakeEmbedder(7);
  }

  @Test
  void givesNoEmbeddingForAPoisonedPictureAndLeavesTheOthersAlone() {
    FakeEmbedder embedder = new FakeEmbedder(7);
    Picture normal = DeadLeaves.picture(1, new InputShape(64, 64));
    byte[] poison = new byte[64 * 64 * 3];
    Arrays.fill(poison, FakeEmbedder.POISON);
    Picture poisoned = new Picture(64, 64, poison, normal.luma());

    List<EmbeddingResult> results = embedder.embed(List.of(normal, poisoned, normal));

    assertThat(results.get(0)).isInstanceOf(EmbeddingResult.Valid.class);
    assertThat(results.get(1)).isInstanceOf(EmbeddingResult.Invalid.class);
    assertThat(results.get(2)).isInstanceOf(EmbeddingResult.Valid.class);
    assertThat(embedder.batches()).isEqualTo(1);
    assertThat(embedder.pictures()).isEqualTo(3);
  }
}
