package io.andon.bench.evaluate;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

/**
 * A picture file as a frame: a JPEG as it is, anything else (PNG, or a JPEG larger than the decoder
 * takes) encoded as JPEG.
 *
 * @param jpeg the picture
 * @param width pixels
 * @param height pixels
 */
record StillPicture(byte[] jpeg, int width, int height) {
  private static final float QUALITY = 0.95f;
  private static final int LONGEST_SIDE = 3_000;

  /** Reads a file. */
  static StillPicture read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = reader(in, file);
      try {
        reader.setInput(in);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        boolean small = Math.max(width, height) <= LONGEST_SIDE;
        return small && reader.getFormatName().equalsIgnoreCase("jpeg")
            ? new StillPicture(bytes, width, height)
            : encoded(reader.read(0));
      } finally {
        reader.dispose();
      }
    }
  }

  private static ImageReader reader(ImageInputStream in, Path file) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      throw new IOException(file + " is no picture that can be read, allowed: JPEG, PNG");
    }
    return readers.next();
  }

  /** Size of a picture file, pixels, from its header. */
  static int[] size(Path file) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      ImageReader reader = reader(in, file);
      try {
        reader.setInput(in);
        return new int[] {reader.getWidth(0), reader.getHeight(0)};
      } finally {
        reader.dispose();
      }
    }
  }

  private static StillPicture encoded(BufferedImage image) throws IOException {
    double longest = Math.max(image.getWidth(), image.getHeight());
    double scale = Math.min(1, LONGEST_SIDE / longest);
    int width = (int) Math.max(1, Math.round(image.getWidth() * scale));
    int height = (int) Math.max(1, Math.round(image.getHeight() * scale));
    BufferedImage plain = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = plain.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(image, 0, 0, width, height, null);
    g.dispose();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(plain, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return new StillPicture(bytes.toByteArray(), width, height);
  }
}
