package io.andon.ingest.gstreamer;

import io.andon.ingest.settings.CropConfig;
import org.jspecify.annotations.Nullable;

/**
 * A part of a decoded picture in pixels. Its edges but those of the picture are even, as 4:2:0
 * pictures want it.
 *
 * @param left pixels left of it
 * @param top pixels above it
 * @param width width, 2 or more where the picture has as many
 * @param height height, likewise
 * @param right pixels right of it
 * @param bottom pixels below it
 */
record CropArea(int left, int top, int width, int height, int right, int bottom) {

  /**
   * The part nearest to a configured one.
   *
   * @param crop the part, percent; null for the whole picture
   * @param sourceWidth width of the decoded picture, pixels
   * @param sourceHeight height of the decoded picture, pixels
   */
  static CropArea of(@Nullable CropConfig crop, int sourceWidth, int sourceHeight) {
    if (crop == null) {
      return new CropArea(0, 0, sourceWidth, sourceHeight, 0, 0);
    }
    Span across = Span.of(crop.x(), crop.width(), sourceWidth);
    Span down = Span.of(crop.y(), crop.height(), sourceHeight);
    return new CropArea(
        across.start(),
        down.start(),
        across.length(),
        down.length(),
        sourceWidth - across.start() - across.length(),
        sourceHeight - down.start() - down.length());
  }

  private record Span(int start, int length) {
    static Span of(double atPercent, double percent, int pixels) {
      int start = Math.min(even(pixels * atPercent / 100), Math.max(0, pixels - 2) / 2 * 2);
      int end = even(pixels * (atPercent + percent) / 100);
      boolean toTheEdge = end >= pixels - 1;
      return new Span(start, toTheEdge ? pixels - start : Math.max(2, end - start));
    }

    private static int even(double pixels) {
      return (int) (2 * Math.round(pixels / 2));
    }
  }
}
