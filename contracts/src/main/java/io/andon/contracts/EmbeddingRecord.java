package io.andon.contracts;

/**
 * The pooled embedding of one frame, for archives, search and tracking.
 *
 * @param frame the frame
 * @param space embedding space, 1 to 256 characters; embeddings of two spaces are never compared
 * @param scale what one step of {@code values} is worth, {@link #MIN_SCALE} to {@link #MAX_SCALE}
 * @param values int8 values, 1 to {@link #MAX_VALUES}; not to be changed
 */
public record EmbeddingRecord(CapturedFrame frame, String space, float scale, byte[] values) {
  /** Most values of an embedding. */
  public static final int MAX_VALUES = 8192;

  /** Smallest scale. */
  public static final float MIN_SCALE = 1e-30f;

  private static final int INT8_MAX = 127;

  /** Largest scale: that of the largest finite value, rounded so that it is finite again. */
  public static final float MAX_SCALE = Math.nextDown(Float.MAX_VALUE / INT8_MAX);

  public EmbeddingRecord {
    Bounds.text("space", space, Bounds.MAX_SPACE);
    Bounds.within("scale", scale, MIN_SCALE, MAX_SCALE);
    Bounds.within("values", values.length, 1, MAX_VALUES);
  }

  /**
   * Quantises a pooled vector: the largest magnitude becomes 127, everything else is rounded to the
   * nearest step. A vector of zeros stays one.
   *
   * @param frame the frame
   * @param space embedding space
   * @param pooled the pooled vector
   * @throws IllegalArgumentException if a value isn't finite
   */
  public static EmbeddingRecord quantised(CapturedFrame frame, String space, float[] pooled) {
    float largest = 0;
    for (float value : pooled) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("pooled has the value " + value + ", allowed is finite");
      }
      largest = Math.max(largest, Math.abs(value));
    }
    float scale = Math.min(Math.max(largest / INT8_MAX, MIN_SCALE), MAX_SCALE);
    byte[] values = new byte[pooled.length];
    for (int i = 0; i < pooled.length; i++) {
      values[i] = (byte) Math.round(pooled[i] / scale);
    }
    return new EmbeddingRecord(frame, space, scale, values);
  }

  /** The vector as floats again. */
  public float[] dequantised() {
    float[] pooled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      pooled[i] = values[i] * scale;
    }
    return pooled;
  }
}
