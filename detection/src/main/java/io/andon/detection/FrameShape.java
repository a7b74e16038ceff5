package io.andon.detection;

/**
 * What must stay the same for two frames of a camera to be compared.
 *
 * @param space embedding space
 * @param pictureWidth pixels
 * @param pictureHeight pixels
 * @param rows rows of the patch grid
 * @param columns columns of the patch grid
 * @param channels values a cell
 * @param pooled values of the pooled vector
 * @param lumaWidth pixels
 * @param lumaHeight pixels
 */
record FrameShape(
    String space,
    int pictureWidth,
    int pictureHeight,
    int rows,
    int columns,
    int channels,
    int pooled,
    int lumaWidth,
    int lumaHeight) {

  static FrameShape of(Observation frame) {
    return new FrameShape(
        frame.space(),
        frame.pictureWidth(),
        frame.pictureHeight(),
        frame.rows(),
        frame.columns(),
        frame.channels(),
        frame.pooled().length,
        frame.lumaWidth(),
        frame.lumaHeight());
  }

  /** The same with other numbers of features, a cell and in all. */
  FrameShape withFeatures(int channels, int pooled) {
    return new FrameShape(
        space, pictureWidth, pictureHeight, rows, columns, channels, pooled, lumaWidth, lumaHeight);
  }

  int cells() {
    return rows * columns;
  }

  int patchValues() {
    return rows * columns * channels;
  }

  void write(SnapshotWriter out) {
    out.putText(space);
    out.putInt(pictureWidth);
    out.putInt(pictureHeight);
    out.putInt(rows);
    out.putInt(columns);
    out.putInt(channels);
    out.putInt(pooled);
    out.putInt(lumaWidth);
    out.putInt(lumaHeight);
  }

  static FrameShape read(SnapshotReader in) throws SnapshotException {
    FrameShape shape =
        new FrameShape(
            in.takeText("space", 2_048),
            in.takeInt("pictureWidth", 1, 1 << 16),
            in.takeInt("pictureHeight", 1, 1 << 16),
            in.takeInt("rows", 1, 256),
            in.takeInt("columns", 1, 256),
            in.takeInt("channels", 1, 1_024),
            in.takeInt("pooled", 1, Observation.MAX_POOLED_VALUES),
            in.takeInt("lumaWidth", 1, Observation.MAX_LUMA_PIXELS),
            in.takeInt("lumaHeight", 1, Observation.MAX_LUMA_PIXELS));
    if (shape.patchValues() > Observation.MAX_PATCH_VALUES
        || (long) shape.lumaWidth * shape.lumaHeight > Observation.MAX_LUMA_PIXELS) {
      throw SnapshotReader.corrupt("frame shape is too large");
    }
    return shape;
  }
}
