package io.andon.ingest.gstreamer;

import io.andon.contracts.PictureLimits;
import io.andon.ingest.camera.StopReason;
import io.andon.ingest.camera.StreamEndedException;
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
   * @throws StreamEndedException if the job would not decode frames of that size; a stream may
   *     claim any width of its pixels
   */
  static FrameSize of(
      CameraConfig camera, int sourceWidth, int sourceHeight, int pixelWidth, int pixelHeight)
      throws StreamEndedException {
    if (camera.width() != null && camera.height() != null) {
      return new FrameSize(camera.width(), camera.height());
    }
    double shownWidth = (double) sourceWidth * pixelWidth / pixelHeight;
    double shortest = Math.min(shownWidth, sourceHeight);
    double scale = Math.min(1.0, camera.shortSide() / shortest);
    long width = even(shownWidth * scale);
    long height = even(sourceHeight * scale);
    if (Math.max(width, height) > PictureLimits.MAX_SIDE
        || width * height > PictureLimits.MAX_PIXELS) {
      throw new StreamEndedException(
          StopReason.STREAM_ERROR,
          String.format(
              "pictures of %dx%d with pixels of %d:%d make frames of width %d and height %d;"
                  + " allowed are %d a side and %d pixels",
              sourceWidth,
              sourceHeight,
              pixelWidth,
              pixelHeight,
              width,
              height,
              PictureLimits.MAX_SIDE,
              PictureLimits.MAX_PIXELS));
    }
    return new FrameSize((int) width, (int) height);
  }

  private static long even(double pixels) {
    return Math.max(2, 2 * Math.round(pixels / 2));
  }
}
