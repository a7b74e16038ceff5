package io.andon.embedding.model.importer;

/** A constant of a network, dequantised. */
sealed interface Weight {
  /** The constant's shape; empty for a scalar. */
  long[] shape();

  /** Floating-point values, row-major. */
  record Floats(long[] shape, float[] values) implements Weight {}

  /** Integer values, row-major. TensorFlow.js keeps 64-bit integers as 32-bit ones. */
  record Ints(long[] shape, int[] values) implements Weight {}
}
