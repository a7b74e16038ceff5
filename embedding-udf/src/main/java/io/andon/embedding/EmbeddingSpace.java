package io.andon.embedding;

/**
 * All that fixes what an embedding means: embeddings of different spaces are never compared.
 *
 * @param model descriptor id and version, {@code id@version}
 * @param precision {@code fp32} or {@code bf16}
 * @param decoder name of the picture decoder and its preprocessing
 */
public record EmbeddingSpace(String model, String precision, String decoder) {
  /** The space as one string, for records and state. */
  public String id() {
    return model + "/" + precision + "/" + decoder;
  }
}
