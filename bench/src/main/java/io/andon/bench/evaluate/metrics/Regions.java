package io.andon.bench.evaluate.metrics;

/** The connected regions of a mask; pixels that touch by a corner are connected. */
public final class Regions {
  private final int[] labels;
  private final int[] sizes;
  private int count;

  private Regions(int pixels) {
    labels = new int[pixels];
    sizes = new int[pixels + 1];
  }

  /**
   * Finds them.
   *
   * @param mask {@code height * width} values, row-major, true where anomalous
   */
  public static Regions of(boolean[] mask, int width, int height) {
    Regions regions = new Regions(mask.length);
    int[] open = new int[mask.length];
    for (int start = 0; start < mask.length; start++) {
      if (mask[start] && regions.labels[start] == 0) {
        regions.fill(mask, width, height, start, open);
      }
    }
    return regions;
  }

  private void fill(boolean[] mask, int width, int height, int start, int[] open) {
    int label = ++count;
    int waiting = 0;
    open[waiting++] = start;
    labels[start] = label;
    while (waiting > 0) {
      int pixel = open[--waiting];
      sizes[label]++;
      int x = pixel % width;
      int y = pixel / width;
      for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          int next = ny * width + nx;
          if (mask[next] && labels[next] == 0) {
            labels[next] = label;
            open[waiting++] = next;
          }
        }
      }
    }
  }

  /** Number of regions. */
  public int count() {
    return count;
  }

  /** Pixels of the region that a pixel is of; 0 if it is of none. */
  public int sizeAt(int pixel) {
    return labels[pixel] == 0 ? 0 : sizes[labels[pixel]];
  }
}
