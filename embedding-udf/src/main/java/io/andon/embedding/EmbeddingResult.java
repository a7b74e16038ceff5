package io.andon.embedding;

/** The outcome of embedding one picture. */
public sealed interface EmbeddingResult {
  /** A usable embedding. */
  record Valid(FrameEmbedding embedding) implements EmbeddingResult {}

  /** The model gave values that are not finite. */
  record Invalid(String why) implements EmbeddingResult {}
}
