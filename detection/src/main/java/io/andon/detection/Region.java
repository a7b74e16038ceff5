package io.andon.detection;

import java.util.List;

/**
 * A box in the coordinates of the camera's picture. What lies outside the picture is ignored.
 *
 * @param x left edge, pixels, 0..65536
 * @param y top edge, pixels, 0..65536
 * @param width pixels, 1..65536
 * @param height pixels, 1..65536
 */
public record Region(int x, int y, int width, int height) {
  /** Most boxes that one command may name. */
  public static final int MAX_BOXES = 8;

  private static final int MAX_SIDE = 1 << 16;

  public Region {
    Require.between("region.x", x, 0, MAX_SIDE);
    Require.between("region.y", y, 0, MAX_SIDE);
    Require.between("region.width", width, 1, MAX_SIDE);
    Require.between("region.height", height, 1, MAX_SIDE);
  }

  /**
   * Marks the cells of a grid over a frame that any of the boxes touches; all of them where there
   * is no box.
   */
  static boolean[] cells(List<Region> boxes, int rows, int columns, Observation frame) {
    PictureArea.Axis across = frame.area().across(columns, frame.pictureWidth());
    PictureArea.Axis down = frame.area().down(rows, frame.pictureHeight());
    boolean[] inside = new boolean[rows * columns];
    for (int cell = 0; cell < inside.length; cell++) {
      inside[cell] = boxes.isEmpty();
      for (Region box : boxes) {
        inside[cell] |= box.overlaps(cell / columns, cell % columns, across, down);
      }
    }
    return inside;
  }

  private boolean overlaps(int row, int column, PictureArea.Axis across, PictureArea.Axis down) {
    // What lies outside the picture is ignored, also where the grid goes on in a bar.
    int right = Math.min(x + width, across.pixels());
    int bottom = Math.min(y + height, down.pixels());
    return x < right
        && y < bottom
        && across.overlaps(column, x, right - x)
        && down.overlaps(row, y, bottom - y);
  }

  void write(SnapshotWriter out) {
    out.putInt(x);
    out.putInt(y);
    out.putInt(width);
    out.putInt(height);
  }

  static Region read(SnapshotReader in) throws SnapshotException {
    return new Region(
        in.takeInt("region.x", 0, MAX_SIDE),
        in.takeInt("region.y", 0, MAX_SIDE),
        in.takeInt("region.width", 1, MAX_SIDE),
        in.takeInt("region.height", 1, MAX_SIDE));
  }
}
