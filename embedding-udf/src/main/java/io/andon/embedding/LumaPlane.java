package io.andon.embedding;

/**
 * A picture's brightness, reduced to at most 10 KB so that motion can be judged behind the shuffle.
 *
 * @param width pixels
 * @param height pixels
 * @param values {@code height * width} bytes, row-major, each 0..255; not to be changed
 */
public record LumaPlane(int width, int height, byte[] values) {
  public LumaPlane {
    if (width <= 0 || height <= 0 || values.length != width * height) {
      throw new IllegalArgumentException(
          "luma has " + values.length + " bytes, " + width + "x" + height + " takes width*height");
    }
  }
}
