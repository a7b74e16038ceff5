package io.andon.embedding.tensorflow;

import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import io.andon.embedding.picture.DeadLeaves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a picture's embedding has the same bits whatever batch it is in. That depends on the
 * processor: with AVX-512 TensorFlow's CPU kernels keep them, with AVX2 alone they choose another
 * order of summation for another batch. A replay must not depend on how frames happened to meet.
 */
final class BatchProbe {
  private static final int PICTURES = 8;
  private static final long SEED = 7;

  private BatchProbe() {}

  /** Tries batches of 2, 3 and 8 of a wide and a tall picture against each picture alone. */
  static boolean keepsBits(TensorFlowEmbedder embedder) {
    for (int[] camera : new int[][] {{640, 480}, {480, 640}}) {
      InputShape shape = embedder.inputShapeFor(camera[0], camera[1]);
      List<Picture> pictures = new ArrayList<>();
      List<EmbeddingResult> alone = new ArrayList<>();
      for (int i = 0; i < Math.min(PICTURES, embedder.maxBatch()); i++) {
        pictures.add(DeadLeaves.picture(SEED + i, shape));
        alone.addAll(embedder.embed(pictures.subList(i, i + 1)));
      }
      for (int size : new int[] {2, 3, PICTURES}) {
        if (size <= pictures.size()
            && !sameBits(embedder.embed(pictures.subList(0, size)), alone)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean sameBits(List<EmbeddingResult> together, List<EmbeddingResult> alone) {
    for (int i = 0; i < together.size(); i++) {
      if (!(together.get(i) instanceof EmbeddingResult.Valid one)
          || !(alone.get(i) instanceof EmbeddingResult.Valid other)
          || !sameBits(one.embedding(), other.embedding())) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameBits(FrameEmbedding one, FrameEmbedding other) {
    return Arrays.equals(one.patches(), other.patches())
        && Arrays.equals(one.pooled(), other.pooled());
  }
}
