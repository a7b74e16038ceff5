package io.andon.detection.kernel;

/**
 * An affine map of a cell's features: of each output its bias, then the weighted inputs added one
 * after the other in their order, in strict floats, and the sum rounded to int8. The order of the
 * additions is a part of the contract, since another gives other bits.
 *
 * <p>Thread-safe.
 */
public interface Projection {
  /**
   * Maps every cell.
   *
   * @param grid {@code cells * inputs} values
   * @return {@code cells * outputs} values
   */
  byte[] project(byte[] grid);

  /** The nearest int8, halves upwards; beyond the range -127..127 its end. */
  static byte rounded(float value) {
    int up = (int) (Math.min(127f, Math.max(-127f, value)) + 128.5f);
    return (byte) (up - 128);
  }
}
