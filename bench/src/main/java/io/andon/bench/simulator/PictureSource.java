package io.andon.bench.simulator;

/**
 * Shows what a camera sees at a given time. Times must not run backwards. Not safe for use by
 * several threads.
 */
public interface PictureSource {
  /** Camera id, also the RTSP mount's name. */
  String camera();

  /** Picture width in pixels, even. */
  int width();

  /** Picture height in pixels, even. */
  int height();

  /**
   * Renders the picture.
   *
   * @param epochMicros time, microseconds since the epoch
   * @param rgb receives {@code height * width * 3} bytes, row-major, interleaved R, G, B
   */
  void render(long epochMicros, byte[] rgb);
}
