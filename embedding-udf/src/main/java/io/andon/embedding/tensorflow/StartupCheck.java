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
 * Tries a freshly loaded model on a picture of its own before any camera's picture meets it. Of one
 * shape: TensorFlow prepares each anew, and frames wait meanwhile.
 */
final class StartupCheck {
  /** Rounding to 8 bits of mantissa moves a vector about this far and no further. */
  static final double LEAST_POOLED_COSINE = 0.98;

  static final double LEAST_PATCH_COSINE = 0.95;
  private static final long SEED = 20260101;

  private StartupCheck() {}

  static List<String> reasons(TensorFlowEmbedder embedder, TensorFlowSettings settings) {
    InputShape shape = settings.model().descriptor().input().shapes().get(0);
    List<String> reasons = reasons(embedder, shape);
    return reasons.isEmpty() && settings.precision() == Precision.BF16
        ? precisionReasons(embedder, settings, DeadLeaves.picture(SEED, shape))
        : reasons;
  }

  private static List<String> reasons(TensorFlowEmbedder embedder, InputShape shape) {
    String picture = "a first picture of " + shape.width() + "x" + shape.height();
    try {
      EmbeddingResult result = embedder.embed(List.of(DeadLeaves.picture(SEED, shape))).get(0);
      return result instanceof EmbeddingResult.Valid
          ? List.of()
          : List.of("the embedding of " + picture + " is not finite");
    } catch (IllegalStateException e) {
      return List.of(picture + " failed: " + rootMessage(e));
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static List<String> precisionReasons(
      TensorFlowEmbedder embedder, TensorFlowSettings settings, Picture scene) {
    EmbeddingResult reduced = embedder.embed(List.of(scene)).get(0);
    EmbeddingResult exact;
    try (TensorFlowEmbedder reference =
        TensorFlowEmbedder.openUnchecked(settings.withPrecision(Precision.FP32))) {
      exact = reference.embed(List.of(scene)).get(0);
    }
    return reduced instanceof EmbeddingResult.Valid one
            && exact instanceof EmbeddingResult.Valid other
        ? compare(one.embedding(), other.embedding())
        : List.of("the bf16 or the fp32 embedding of a first picture is not finite");
  }

  private static List<String> compare(FrameEmbedding reduced, FrameEmbedding exact) {
    List<String> reasons = new ArrayList<>();
    if (Arrays.equals(reduced.pooled(), exact.pooled())) {
      reasons.add("precision is bf16 and this machine computes fp32 all the same; allowed is fp32");
    }
    double pooled = cosine(reduced.pooled(), exact.pooled());
    if (!(pooled >= LEAST_POOLED_COSINE)) {
      reasons.add(
          "bf16 and fp32 pooled vectors have a cosine of "
              + pooled
              + "; allowed is "
              + LEAST_POOLED_COSINE
              + " or more");
    }
    double patches = cosine(widen(reduced.patches()), widen(exact.patches()));
    if (!(patches >= LEAST_PATCH_COSINE)) {
      reasons.add(
          "bf16 and fp32 patches have a cosine of "
              + patches
              + "; allowed is "
              + LEAST_PATCH_COSINE
              + " or more");
    }
    return reasons;
  }

  private static float[] widen(byte[] values) {
    float[] widened = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      widened[i] = values[i];
    }
    return widened;
  }

  /** Cosine of the angle between two vectors; NaN if one is zero. */
  static double cosine(float[] a, float[] b) {
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      squaresA += (double) a[i] * a[i];
      squaresB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(squaresA * squaresB);
  }
}
