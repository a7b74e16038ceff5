package io.andon.embedding.tensorflow;

import java.util.Locale;

/** Arithmetic of the network. Embeddings of different precisions are never compared. */
public enum Precision {
  FP32,
  /** Where oneDNN finds it safe; about half again as fast on a CPU that has it. */
  BF16;

  /** The name in an {@link io.andon.embedding.EmbeddingSpace}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
