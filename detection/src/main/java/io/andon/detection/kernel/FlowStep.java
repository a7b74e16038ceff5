package io.andon.detection.kernel;

/**
 * One step of dense optical flow after Lucas and Kanade (IJCAI 1981) on one size of picture: the
 * later picture is fetched along the flow so far, and the flow is changed by what the gradients of
 * the window around each pixel ask for.
 *
 * <p>Strict float arithmetic in a stated order, since another gives other bits; the order is that
 * of {@code PlainFlowStep}. Not thread-safe.
 */
public interface FlowStep {
  /** Squared brightness gradient below which a window counts as flat. */
  float FLAT = 4;

  /** Longest step, pixels. */
  float LONGEST = 2;

  /**
   * Values that a row has: the picture's width, and what an implementation reads and writes beyond
   * it, which means nothing.
   */
  int rowLength();

  /**
   * Spreads a picture out in rows.
   *
   * @param picture {@code height * width} brightness values 0..255, row-major
   * @param rows takes them
   */
  void fill(byte[] picture, float[][] rows);

  /**
   * Takes a step.
   *
   * @param before rows of the earlier picture, brightness 0..255
   * @param after rows of the later one
   * @param shared step of brightness that the whole picture shares; it is no movement
   * @param u flow along x, rows of pixels, less than the picture's width in either direction;
   *     changed
   * @param v flow along y; changed
   */
  void take(float[][] before, float[][] after, float shared, float[][] u, float[][] v);

  /**
   * How far a flow leads.
   *
   * @param lengths takes a value for each pixel, row-major
   */
  void lengths(float[][] u, float[][] v, float[] lengths);
}
