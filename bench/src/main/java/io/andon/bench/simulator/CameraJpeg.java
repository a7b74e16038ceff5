package io.andon.bench.simulator;

import io.andon.bench.picture.Jpegs;
import io.andon.bench.picture.Pixels;
import io.andon.bench.picture.Scaling;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** A rendered picture as ingest would put it on Kafka, without RTSP in between. */
public final class CameraJpeg {
  private static final float QUALITY = 0.85f;

  private CameraJpeg() {}

  /**
   * Renders, scales and encodes a picture.
   *
   * @param camera what to render
   * @param epochMicros time, microseconds since the epoch
   * @param width pixels to scale to
   * @param height pixels to scale to
   */
  public static byte[] of(PictureSource camera, long epochMicros, int width, int height)
      throws IOException {
    return encode(picture(camera, epochMicros, width, height));
  }

  /**
   * Renders and scales a picture.
   *
   * @param camera what to render
   * @param epochMicros time, microseconds since the epoch
   * @param width pixels to scale to
   * @param height pixels to scale to
   */
  public static BufferedImage picture(
      PictureSource camera, long epochMicros, int width, int height) {
    byte[] rgb = new byte[camera.width() * camera.height() * 3];
    camera.render(epochMicros, rgb);
    BufferedImage full = Pixels.ofRgb(rgb, camera.width(), camera.height());
    return Scaling.bilinear(full, width, height);
  }

  /** Encodes a picture as ingest would. */
  public static byte[] encode(BufferedImage image) throws IOException {
    return Jpegs.encoded(image, QUALITY);
  }
}
