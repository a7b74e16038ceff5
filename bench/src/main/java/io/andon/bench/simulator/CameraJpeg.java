package io.andon.bench.simulator;

import io.andon.bench.picture.Jpegs;
import io.andon.bench.picture.Scaling;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
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
    BufferedImage full =
        new BufferedImage(camera.width(), camera.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) full.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < rgb.length; i += 3) {
      bgr[i] = rgb[i + 2];
      bgr[i + 1] = rgb[i + 1];
      bgr[i + 2] = rgb[i];
    }
    return Scaling.bilinear(full, width, height);
  }

  /** Encodes a picture as ingest would. */
  public static byte[] encode(BufferedImage image) throws IOException {
    return Jpegs.encoded(image, QUALITY);
  }
}
