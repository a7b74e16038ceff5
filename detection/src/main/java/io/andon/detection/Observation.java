package io.andon.detection;

/**
 * What detection sees of one frame. The arrays are read, never kept or changed.
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
    boolean discontinuous) {}
