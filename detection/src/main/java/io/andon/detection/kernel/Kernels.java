package io.andon.detection.kernel;

/** Makes the inner loops of detection. */
public interface Kernels {
  /** What computes, for logs and reports. */
  String name();

  /**
   * A search without prototypes.
   *
   * @param rows of the grid
   * @param columns of the grid
   * @param channels features of a cell, 1 to 258
   * @param capacity prototypes a cell may have, 1 or more
   */
  PrototypeSearch prototypeSearch(int rows, int columns, int channels, int capacity);

  /**
   * A map of features.
   *
   * @param matrix a row of weights for each input, one weight for each output; not changed
   *     afterwards
   * @param bias what each output starts from; not changed afterwards
   */
  Projection projection(float[][] matrix, float[] bias);

  /**
   * Steps of optical flow between pictures of one size.
   *
   * @param width of the picture, pixels, 8 or more
   * @param height 8 or more
   */
  FlowStep flowStep(int width, int height);

  /** The fastest on this machine: what a {@link KernelsProvider} offers, else plain loops. */
  static Kernels best() {
    return BestKernels.FOUND;
  }
}
