package io.andon.ingest.gate;

/**
 * A decoded picture, 4:2:0: the plane of brightness, then two planes of colour of half its width
 * and height, rounded up, without gaps between rows or planes.
 *
 * @param width pixels, 1 or more
 * @param height pixels, 1 or more
 * @param bytes the three planes; read by the gate, and only until the next picture of the camera is
 *     taken, so that one array can serve them all
 */
public record I420Picture(int width, int height, byte[] bytes) {
  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if the array is too small for it
   */
  public I420Picture {
    if (width < 1 || height < 1 || bytes.length < size(width, height)) {
      throw new IllegalArgumentException(
          "picture of %dx%d takes %d bytes, there are %d"
              .formatted(width, height, size(width, height), bytes.length));
    }
  }

  /** Bytes of a picture. */
  public static int size(int width, int height) {
    return width * height + 2 * half(width) * half(height);
  }

  /** Side of a plane of colour. */
  static int half(int side) {
    return (side + 1) / 2;
  }
}
