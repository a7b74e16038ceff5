package io.andon.embedding.picture;

import io.andon.contracts.PictureLimits;

/**
 * What a decoder takes at most; checked against a picture's header before a pixel is decoded.
 *
 * @param bytes encoded size, bytes
 * @param side width and height, pixels
 * @param pixels width times height
 * @param scans scans of a progressive picture, each of which costs a pass over all its pixels
 */
public record DecodeLimits(int bytes, int side, int pixels, int scans) {
  /** 8 MiB, 4096 pixels a side, 9 megapixels, 20 scans. */
  public static final DecodeLimits DEFAULT =
      new DecodeLimits(
          PictureLimits.MAX_BYTES, PictureLimits.MAX_SIDE, PictureLimits.MAX_PIXELS, 20);

  public DecodeLimits {
    if (bytes <= 0 || side <= 0 || pixels <= 0 || scans <= 0) {
      throw new IllegalArgumentException(
          "limits are "
              + bytes
              + ", "
              + side
              + ", "
              + pixels
              + ", "
              + scans
              + "; allowed are numbers above 0");
    }
  }
}
