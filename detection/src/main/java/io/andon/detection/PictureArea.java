package io.andon.detection;

/**
 * Where the camera's picture lies in what the patch grid covers: a model that takes another aspect
 * ratio sees bars beside it. Whole pixels, so that edges of cells are told exactly.
 *
 * @param gridWidth width of what the grid covers, pixels of the model's input, 1..65536
 * @param gridHeight its height, 1..65536
 * @param left pixels left of the picture, 0 or more
 * @param top pixels above the picture, 0 or more
 * @param width width of the picture there, 1..{@code gridWidth - left}
 * @param height height of the picture there, 1..{@code gridHeight - top}
 */
public record PictureArea(int gridWidth, int gridHeight, int left, int top, int width, int height) {
  /** The grid covers the picture and nothing else. */
  public static final PictureArea WHOLE = new PictureArea(1, 1, 0, 0, 1, 1);

  private static final int MAX_SIDE = 1 << 16;

  /**
   * @throws IllegalArgumentException naming the field, its value and what is allowed
   */
  public PictureArea {
    Require.between("area.gridWidth", gridWidth, 1, MAX_SIDE);
    Require.between("area.gridHeight", gridHeight, 1, MAX_SIDE);
    Require.between("area.left", left, 0, gridWidth - 1);
    Require.between("area.top", top, 0, gridHeight - 1);
    Require.between("area.width", width, 1, gridWidth - left);
    Require.between("area.height", height, 1, gridHeight - top);
  }

  /** One direction of it: the columns of a grid against the x axis of the picture. */
  Axis across(int columns, int pictureWidth) {
    return new Axis(columns, gridWidth, left, width, pictureWidth);
  }

  /** One direction of it: the rows of a grid against the y axis of the picture. */
  Axis down(int rows, int pictureHeight) {
    return new Axis(rows, gridHeight, top, height, pictureHeight);
  }

  /**
   * Cells of a grid and pixels of a picture along one side.
   *
   * @param cells how many cells
   * @param grid length that they cover, pixels of the model's input
   * @param from where the picture begins there
   * @param length of the picture there
   * @param pixels of the picture
   */
  record Axis(int cells, int grid, int from, int length, int pixels) {
    /** The picture's pixel at a cell's first edge, 0..{@code pixels}; beside it the nearest. */
    int pixelAt(int edge) {
      long pixel = Math.floorDiv(edgeParts(edge), (long) length * cells);
      return (int) Math.max(0, Math.min(pixels, pixel));
    }

    /** Whether a cell overlaps pixels of the picture. */
    boolean overlaps(int cell, int firstPixel, int count) {
      // In parts of a pixel, so that no cell's edge is rounded.
      long parts = (long) length * cells;
      return edgeParts(cell) < (firstPixel + (long) count) * parts
          && firstPixel * parts < edgeParts(cell + 1);
    }

    /** The cell at the middle of one of as many equal parts of the picture as there are cells. */
    int cellAtMiddleOf(int part) {
      long twice = 2L * from * cells + (2L * part + 1) * length;
      return (int) (twice / (2L * grid));
    }

    /** Where a cell's first edge lies in the picture, in pixels times {@code length * cells}. */
    private long edgeParts(int edge) {
      return ((long) edge * grid - (long) from * cells) * pixels;
    }
  }

  void write(SnapshotWriter out) {
    out.putInt(gridWidth);
    out.putInt(gridHeight);
    out.putInt(left);
    out.putInt(top);
    out.putInt(width);
    out.putInt(height);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is none
   */
  static PictureArea read(SnapshotReader in) throws SnapshotException {
    return new PictureArea(
        in.takeInt(), in.takeInt(), in.takeInt(), in.takeInt(), in.takeInt(), in.takeInt());
  }
}
