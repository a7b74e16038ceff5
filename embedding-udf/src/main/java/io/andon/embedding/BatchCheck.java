package io.andon.embedding;

import java.util.List;

/** What every embedder asks of a batch. */
public final class BatchCheck {
  private BatchCheck() {}

  /**
   * Checks a batch.
   *
   * @throws IllegalArgumentException if it is empty, too large, or of mixed or foreign sizes
   */
  public static void check(List<Picture> batch, int maxBatch, List<InputShape> shapes) {
    if (batch.isEmpty() || batch.size() > maxBatch) {
      throw new IllegalArgumentException(
          "batch has " + batch.size() + " pictures; allowed are 1 to " + maxBatch);
    }
    InputShape size = sizeOf(batch.get(0));
    if (!shapes.contains(size)) {
      throw new IllegalArgumentException("pictures are " + size + "; allowed are " + shapes);
    }
    for (Picture picture : batch) {
      if (!sizeOf(picture).equals(size)) {
        throw new IllegalArgumentException(
            "batch has pictures of "
                + size
                + " and of "
                + sizeOf(picture)
                + "; allowed is one size");
      }
    }
  }

  private static InputShape sizeOf(Picture picture) {
    return new InputShape(picture.width(), picture.height());
  }
}
