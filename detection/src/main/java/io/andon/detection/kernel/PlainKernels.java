package io.andon.detection.kernel;

/** Plain loops, which the compiler turns into vector instructions where it can. */
public final class PlainKernels implements Kernels {
  @Override
  public String name() {
    return "plain loops";
  }

  @Override
  public PrototypeSearch prototypeSearch(int rows, int columns, int channels, int capacity) {
    return new PrototypeLanes(rows, columns, channels, capacity);
  }

  @Override
  public Projection projection(float[][] matrix, float[] bias) {
    return new PlanesProjection(matrix, bias);
  }
}
