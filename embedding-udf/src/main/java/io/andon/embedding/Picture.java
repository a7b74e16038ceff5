package io.andon.embedding;

/**
 * A decoded picture at the size the model takes.
 *
 * @param width pixels
 * @param height pixels
 * @param rgb {@code height * width * 3} bytes, row-major, interleaved R, G, B, each 0..255; not to
 *     be changed after construction
 * @param luma the small luma plane that travels with the embedding
 */
public record Picture(int width, int height, byte[] rgb, LumaPlane luma) {
  public Picture {
    if (width <= 0 || height <= 0 || rgb.length != width * height * 3) {
      throw new IllegalArgumentException(
          "rgb has " + rgb.length + " bytes, " + width + "x" + height + " takes width*height*3");
    }
  }
}
