package io.andon.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.embedding.picture.DeadLeaves;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every {@link Embedder} keeps to, with a {@code maxBatch} of 8 or more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EmbedderContract {
  @SuppressWarnings("NullAway.Init") // set before the first test
  private Embedder embedder;

  /** A fresh embedder; the contract closes it. */
  protected abstract Embedder open();

  @BeforeAll
  void start() {
    embedder = open();
  }

  @AfterAll
  void stop() {
    embedder.close();
  }

  @Test
  void embedsEachPictureAsItsShapeSays() {
    InputShape shape = embedder.inputShapeFor(1920, 1080);

    FrameEmbedding embedding = embed(pictures(shape, 1)).get(0);

    assertThat(embedding.rows()).isEqualTo(shape.height() / 16);
    assertThat(embedding.columns()).isEqualTo(shape.width() / 16);
    assertThat(embedding.patchScale()).isPositive();
    assertThat(embedding.pooled()).isNotEmpty();
    for (float value : embedding.pooled()) {
      assertThat(value).isFinite();
    }
    assertThat(embedding.luma().values().length).isBetween(1, 40_960);
  }

  @Test
  void tellsDifferentPicturesApart() {
    List<FrameEmbedding> embeddings = embed(pictures(embedder.inputShapeFor(1920, 1080), 2));

    assertThat(embeddings.get(0).patches()).isNotEqualTo(embeddings.get(1).patches());
    assertThat(embeddings.get(0).pooled()).isNotEqualTo(embeddings.get(1).pooled());
  }

  @Test
  void givesTheSameBitsInEveryBatchAndKeepsTheOrder() {
    for (int[] camera : new int[][] {{1920, 1080}, {640, 480}, {480, 640}}) {
      List<Picture> pictures = pictures(embedder.inputShapeFor(camera[0], camera[1]), 8);
      List<FrameEmbedding> alone = new ArrayList<>();
      pictures.forEach(picture -> alone.addAll(embed(List.of(picture))));

      for (int size : List.of(2, 3, 8)) {
        List<FrameEmbedding> together = embed(pictures.subList(8 - size, 8));
        for (int i = 0; i < size; i++) {
          assertSameBits(together.get(i), alone.get(8 - size + i));
        }
      }
    }
  }

  @Test
  void givesTheSameBitsToThreadsSideBySide() throws Exception {
    List<Picture> pictures = pictures(embedder.inputShapeFor(640, 480), 8);
    List<FrameEmbedding> alone = embed(pictures);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<FrameEmbedding>>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        int from = i % 6;
        calls.add(threads.submit(() -> embed(pictures.subList(from, from + 2))));
      }
      for (int i = 0; i < calls.size(); i++) {
        List<FrameEmbedding> both = calls.get(i).get();
        assertSameBits(both.get(0), alone.get(i % 6));
        assertSameBits(both.get(1), alone.get(i % 6 + 1));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void carriesEachPicturesLuma() {
    List<Picture> pictures = pictures(embedder.inputShapeFor(640, 480), 2);

    List<FrameEmbedding> embeddings = embed(pictures);

    assertThat(embeddings.get(0).luma()).isSameAs(pictures.get(0).luma());
    assertThat(embeddings.get(1).luma()).isSameAs(pictures.get(1).luma());
  }

  @Test
  void refusesBatchesThatAreEmptyTooLargeMixedOrOfForeignSizes() {
    InputShape shape = embedder.inputShapeFor(1920, 1080);
    Picture foreign = DeadLeaves.picture(1, new InputShape(33, 17));
    Picture other = DeadLeaves.picture(1, embedder.inputShapeFor(480, 640));

    assertThatThrownBy(() -> embedder.embed(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> embedder.embed(pictures(shape, embedder.maxBatch() + 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to " + embedder.maxBatch());
    assertThatThrownBy(() -> embedder.embed(List.of(pictures(shape, 1).get(0), other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one size");
    assertThatThrownBy(() -> embedder.embed(List.of(foreign)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("33");
  }

  @Test
  void refusesWorkOnceClosedAndClosesTwiceWithoutHarm() {
    Embedder closed = open();
    Picture picture = pictures(closed.inputShapeFor(640, 480), 1).get(0);
    closed.close();
    closed.close();

    assertThatThrownBy(() -> closed.embed(List.of(picture)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void namesItsSpace() {
    assertThat(embedder.space().id()).matches("[^/]+@[^/]+/(fp32|bf16)/[^/]+");
  }

  private List<FrameEmbedding> embed(List<Picture> batch) {
    List<EmbeddingResult> results = embedder.embed(batch);
    assertThat(results).hasSameSizeAs(batch);
    return results.stream().map(result -> ((EmbeddingResult.Valid) result).embedding()).toList();
  }

  private static List<Picture> pictures(InputShape shape, int count) {
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pictures.add(DeadLeaves.picture(100 + i, shape));
    }
    return pictures;
  }

  private static void assertSameBits(FrameEmbedding actual, FrameEmbedding expected) {
    assertThat(actual.patches()).isEqualTo(expected.patches());
    assertThat(actual.pooled()).isEqualTo(expected.pooled());
  }
}
