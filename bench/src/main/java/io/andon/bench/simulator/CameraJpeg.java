package io.andon.bench.simulator;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

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
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = small.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(full, 0, 0, width, height, null);
    g.dispose();
    return small;
  }

  /** Encodes a picture as ingest would. */
  public static byte[] encode(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
