package io.andon.detection.kernel;

/**
 * Fetches pixels of a picture along a flow, between four pixels each; beyond the edge, the edge.
 */
public final class FlowWarp {
  private FlowWarp() {}

  /**
   * Fetches some pixels of a row.
   *
   * @param after rows of the picture, at least two
   * @param width of the picture, pixels, at least two
   * @param y the row
   * @param u flow of the row along x
   * @param v flow of the row along y
   * @param to takes the pixels at their places
   * @param from first pixel
   * @param end pixel behind the last
   */
  public static void fetch(
      float[][] after, int width, int y, float[] u, float[] v, float[] to, int from, int end) {
    int height = after.length;
    float lastX = width - 1;
    float lastY = height - 1;
    for (int x = from; x < end; x++) {
      float fromX = x + u[x];
      float fromY = y + v[x];
      // Hardly ever true, so cheaper than minima and maxima.
      if (fromX < 0 || fromX > lastX || fromY < 0 || fromY > lastY) {
        fromX = Math.max(0, Math.min(lastX, fromX));
        fromY = Math.max(0, Math.min(lastY, fromY));
      }
      int left = Math.min(width - 2, (int) fromX);
      int top = Math.min(height - 2, (int) fromY);
      float right = fromX - left;
      float down = fromY - top;
      float[] above = after[top];
      float[] below = after[top + 1];
      float upper = above[left] + right * (above[left + 1] - above[left]);
      float lower = below[left] + right * (below[left + 1] - below[left]);
      to[x] = upper + down * (lower - upper);
    }
  }
}
