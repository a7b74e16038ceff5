package io.andon.embedding;

/**
 * What a model says of one picture.
 *
 * @param rows rows of the patch grid
 * @param columns columns of the patch grid
 * @param channels values a cell
 * @param patches {@code rows * columns * channels} int8 values, row-major, whitened, one scale for
 *     all ({@link #patchScale})
 * @param patchScale what one step of {@code patches} is worth
 * @param pooled the pooled vector of the whole picture, finite values
 * @param luma the small luma plane of the picture
 */
public record FrameEmbedding(
    int rows,
    int columns,
    int channels,
    byte[] patches,
    float patchScale,
    float[] pooled,
    LumaPlane luma) {
  public FrameEmbedding {
    if (patches.length != rows * columns * channels) {
      throw new IllegalArgumentException(
          "patches has " + patches.length + " values, the grid takes rows*columns*channels");
    }
  }
}
