package io.andon.embedding;

import java.util.List;

/**
 * Turns pictures into embeddings. Safe for use by several threads. An embedding's bits do not
 * depend on the batch it was computed in.
 */
public interface Embedder extends AutoCloseable {
  /** The space of every embedding this embedder returns. */
  EmbeddingSpace space();

  /** Pictures a call takes at most. */
  int maxBatch();

  /**
   * Calls side by side that keep the machine busy; more of them only wait for one another. At least
   * 1.
   */
  default int parallelCalls() {
    return 2;
  }

  /**
   * Whether pictures of one call take so much less time together that they had better wait for one
   * another, as on a GPU. Where they don't, a call is worth little more than its pictures one by
   * one.
   */
  default boolean gainsFromBatches() {
    return true;
  }

  /**
   * Whether a call keeps one core busy and hardly more, as on a CPU with one thread an operation.
   * Where there are as many callers as cores, no core is left to decode beside them.
   */
  default boolean takesOneCore() {
    return false;
  }

  /**
   * The size a picture of a camera is brought to before it is embedded.
   *
   * @param width camera picture's width, pixels
   * @param height camera picture's height, pixels
   */
  InputShape inputShapeFor(int width, int height);

  /**
   * Embeds a batch of pictures of one size.
   *
   * @param batch 1 to {@link #maxBatch()} pictures, all of one size that {@link #inputShapeFor}
   *     gives
   * @return one result a picture, in order; a picture whose embedding is not finite gives an {@link
   *     EmbeddingResult.Invalid}, the others are not disturbed
   * @throws IllegalArgumentException if the batch is empty, too large or of mixed or foreign sizes
   * @throws IllegalStateException if the embedder is closed or the engine failed
   */
  List<EmbeddingResult> embed(List<Picture> batch);

  @Override
  void close();
}
