package io.andon.ingest.gstreamer;

import io.andon.ingest.settings.CameraConfig;

/**
 * Size of a frame in pixels, both even as 4:2:0 pictures want it.
 *
 * @param width width, pixels
 * @param height height, pixels
 */
record FrameSize(int width, int height) {

  /**
   * The size to scale a camera's pictures to: what the configuration says exactly, or the short
   * side with the aspect ratio kept as it looks on a screen. Small pictures are not enlarged.
   *
   * @param camera its configuration
   * @param sourceWidth width of the decoded picture, pixels
   * @param sourceHeight height of the decoded picture, pixels
   * @param pixelWidth width of a pixel in relation to {@code pixelHeight}, 1 for square ones
   * @param pixelHeight see {@code pixelWidth}
   */
  static FrameSize of(
      CameraConfig camera, int sourceWidth, int sourceHeight, int pixelWidth, int pixelHeight) {
    if (camera.width() != null && camera.height() != null) {
      return new FrameSize(camera.width(), camera.height());
    }
    double shownWidth = (double) sourceWidth * pixelWidth / pixelHeight;
    double shortest = Math.min(shownWidth, sourceHeight);
    double scale = Math.min(1.0, camera.shortSide() / shortest);
    return new FrameSize(even(shownWidth * scale), even(sourceHeight * scale));
  }

  private static int even(double pixels) {
    return Math.max(2, 2 * (int) Math.round(pixels / 2));
  }
}
