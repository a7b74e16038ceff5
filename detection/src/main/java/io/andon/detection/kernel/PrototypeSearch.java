package io.andon.detection.kernel;

/**
 * Prototypes of a grid of cells, laid out for comparing. The nearest prototype of a cell is the one
 * of greatest product with it, less half its own square. Values are whole numbers of int8 size and
 * halves of them, so floats hold all sums exactly, in any order, up to 258 features: any layout and
 * any vector width finds the same bits.
 *
 * <p>Not thread-safe.
 */
public interface PrototypeSearch {
  /** Half the square of a prototype that is not there, negative: none is as far. */
  float ABSENT = -(1L << 35);

  /**
   * Takes a prototype.
   *
   * @param cell its cell, row-major
   * @param slot its place in the cell; what was there is replaced
   * @param prototypes holds its features from {@code offset} on
   */
  void put(int cell, int slot, byte[] prototypes, int offset);

  /**
   * Fills {@code distances} with each cell's Euclidean distance to the nearest prototype of its 3x3
   * neighbourhood; 0 where there is none.
   *
   * @param grid {@code rows * columns * channels} values
   */
  void distances(byte[] grid, double[] distances);

  /**
   * Fills {@code squares} with the squared distances of each cell of a row to its own prototypes.
   *
   * @param grid holds the row's features from {@code offset} on
   * @param squares {@code columns * capacity} values; the largest int where there is no prototype
   */
  void squaresInRow(int row, byte[] grid, int offset, int[] squares);

  /**
   * The square of a cell's features.
   *
   * @param grid holds them from {@code offset} on
   */
  static int square(byte[] grid, int offset, int channels) {
    int square = 0;
    for (int i = offset; i < offset + channels; i++) {
      square += grid[i] * grid[i];
    }
    return square;
  }

  /**
   * The Euclidean distance of a cell to its nearest prototype; 0 if there is none.
   *
   * @param square that of the cell
   * @param product the greatest product, less half the prototype's square
   */
  static double distance(int square, float product) {
    return isAbsent(product) ? 0 : Math.sqrt(square - 2.0 * product);
  }

  /**
   * The squared distance of a cell to a prototype; the largest int if that is not there.
   *
   * @param square that of the cell
   * @param product their product, less half the prototype's square
   */
  static int squaredDistance(int square, float product) {
    return isAbsent(product) ? Integer.MAX_VALUE : (int) (square - 2 * product);
  }

  private static boolean isAbsent(float product) {
    return product <= ABSENT / 2;
  }
}
