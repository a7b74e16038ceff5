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
   * Marks the cells of a grid over the picture that any of the boxes touches; all of them where
   * there is no box.
   */
  static boolean[] cells(List<Region> boxes, int rows, int columns, FrameShape shape) {
    boolean[] inside = new boolean[rows * columns];
    for (int cell = 0; cell < inside.length; cell++) {
      inside[cell] = boxes.isEmpty();
      long top = (long) (cell / columns) * shape.pictureHeight();
      long left = (long) (cell % columns) * shape.pictureWidth();
      for (Region box : boxes) {
        // In units of a pixel's part, so that no cell's edge is rounded.
        inside[cell] |=
            overlap(left, shape.pictureWidth(), (long) box.x * columns, (long) box.width * columns)
                && overlap(
                    top, shape.pictureHeight(), (long) box.y * rows, (long) box.height * rows);
      }
    }
    return inside;
  }

  private static boolean overlap(long start, long length, long otherStart, long otherLength) {
    return start < otherStart + otherLength && otherStart < start + length;
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
