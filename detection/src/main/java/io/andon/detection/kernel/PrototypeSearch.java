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
}
