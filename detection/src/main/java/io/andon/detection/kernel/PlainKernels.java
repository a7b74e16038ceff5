package io.andon.detection.kernel;

/** Plain loops, which the compiler turns into vector instructions where it can. */
public final class PlainKernels implements Kernels {
  private final String why;

  /** Chosen for no special reason. */
  public PlainKernels() {
    this("");
  }

  /**
   * @param why there is nothing better, for {@link #name}; empty if nothing else was offered
   */
  PlainKernels(String why) {
    this.why = why;
  }

  @Override
  public String name() {
    return why.isEmpty() ? "plain loops" : "plain loops (" + why + ")";
  }

  @Override
  public PrototypeSearch prototypeSearch(int rows, int columns, int channels, int capacity) {
    return new PrototypeLanes(rows, columns, channels, capacity);
  }

  @Override
  public Projection projection(float[][] matrix, float[] bias) {
    return new PlanesProjection(matrix, bias);
  }

  @Override
  public FlowStep flowStep(int width, int height) {
    return new PlainFlowStep(width, height);
  }
}
