package io.andon.detection;

/**
 * What detection sees of one frame. The arrays are never changed, and kept until the next picture
 * comes: nobody else may change them either.
 *
 * @param stamp which frame
 * @param space id of the embedding space
 * @param pictureWidth width of the camera's picture in pixels, for boxes
 * @param pictureHeight height of the camera's picture in pixels, for boxes
 * @param rows rows of the patch grid
 * @param columns columns of the patch grid
 * @param channels values a cell
 * @param patches {@code rows * columns * channels} int8 values, row-major
 * @param pooled pooled vector as int8
 * @param lumaWidth width of the luma plane
 * @param lumaHeight height of the luma plane
 * @param luma {@code lumaHeight * lumaWidth} values 0..255, row-major
 * @param discontinuous true where ingest says that frames are missing or damaged before this one
 * @param intervals how many of the camera's frame intervals lie between this frame and the one
 *     before it, 1..{@value #MAX_INTERVALS}; more than 1 where ingest left frames out between the
 *     two
 * @param area where the picture lies in what the grid covers
 */
public record Observation(
    FrameStamp stamp,
    String space,
    int pictureWidth,
    int pictureHeight,
    int rows,
    int columns,
    int channels,
    byte[] patches,
    byte[] pooled,
    int lumaWidth,
    int lumaHeight,
    byte[] luma,
    boolean discontinuous,
    int intervals,
    PictureArea area) {
  /** Most values a cell may have: the time to learn a whitening grows with their cube. */
  public static final int MAX_CHANNELS = 256;

  /** Most rows and most columns a patch grid may have. */
  public static final int MAX_GRID_SIDE = 256;

  /** Most cells a patch grid may have, so that a camera's state stays bounded. */
  public static final int MAX_CELLS = 1_024;

  /** Most values a patch grid may have, so that a camera's state stays bounded. */
  public static final int MAX_PATCH_VALUES = 1 << 17;

  /** Most values a pooled vector may have. */
  public static final int MAX_POOLED_VALUES = 4_096;

  /** Most pixels a luma plane may have. */
  public static final int MAX_LUMA_PIXELS = 40_960;

  /** Most frame intervals between two frames. */
  public static final int MAX_INTERVALS = 1_000;

  private static final int MAX_SIDE = 1 << 16;

  /**
   * Checks every dimension against the arrays.
   *
   * @throws IllegalArgumentException naming the field, its value and what is allowed
   */
  public Observation {
    if (space.isEmpty() || space.length() > 512) {
      throw new IllegalArgumentException(
          "space has " + space.length() + " characters, allowed: 1..512");
    }
    Require.between("pictureWidth", pictureWidth, 1, MAX_SIDE);
    Require.between("pictureHeight", pictureHeight, 1, MAX_SIDE);
    Require.between("rows", rows, 1, MAX_GRID_SIDE);
    Require.between("columns", columns, 1, MAX_GRID_SIDE);
    Require.between("rows*columns", rows * columns, 1, MAX_CELLS);
    Require.between("channels", channels, 1, MAX_CHANNELS);
    long values = (long) rows * columns * channels;
    Require.between("rows*columns*channels", (int) values, 1, MAX_PATCH_VALUES);
    Require.length("patches", patches, (int) values, "rows*columns*channels");
    Require.between("pooled.length", pooled.length, 1, MAX_POOLED_VALUES);
    Require.between("lumaWidth", lumaWidth, 1, MAX_LUMA_PIXELS);
    Require.between("lumaHeight", lumaHeight, 1, MAX_LUMA_PIXELS);
    long pixels = (long) lumaWidth * lumaHeight;
    Require.between("lumaWidth*lumaHeight", (int) pixels, 1, MAX_LUMA_PIXELS);
    Require.length("luma", luma, (int) pixels, "lumaWidth*lumaHeight");
    Require.between("intervals", intervals, 1, MAX_INTERVALS);
  }

  /**
   * A frame that follows the one before it by one of the camera's frame intervals and whose picture
   * the grid covers, without bars.
   *
   * @throws IllegalArgumentException naming the field, its value and what is allowed
   */
  public Observation(
      FrameStamp stamp,
      String space,
      int pictureWidth,
      int pictureHeight,
      int rows,
      int columns,
      int channels,
      byte[] patches,
      byte[] pooled,
      int lumaWidth,
      int lumaHeight,
      byte[] luma,
      boolean discontinuous) {
    this(
        stamp,
        space,
        pictureWidth,
        pictureHeight,
        rows,
        columns,
        channels,
        patches,
        pooled,
        lumaWidth,
        lumaHeight,
        luma,
        discontinuous,
        1,
        PictureArea.WHOLE);
  }

  /** The same frame, whose picture lies so in what the grid covers. */
  public Observation in(PictureArea other) {
    return as(stamp, discontinuous, intervals, other);
  }

  /** The same frame, so many of the camera's frame intervals after the one before it. */
  public Observation after(int frameIntervals) {
    return as(stamp, discontinuous, frameIntervals, area);
  }

  /** The same picture as another frame shows it. */
  Observation at(FrameStamp other, boolean broken) {
    return as(other, broken, 1, area);
  }

  private Observation as(
      FrameStamp other, boolean broken, int frameIntervals, PictureArea otherArea) {
    return new Observation(
        other,
        space,
        pictureWidth,
        pictureHeight,
        rows,
        columns,
        channels,
        patches,
        pooled,
        lumaWidth,
        lumaHeight,
        luma,
        broken,
        frameIntervals,
        otherArea);
  }

  int cells() {
    return rows * columns;
  }
}
