package io.andon.embedding.picture;

import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Encoded pictures for tests. */
final class TestPictures {
  private TestPictures() {}

  static byte[] jpeg(int width, int height) {
    return encode(scene(width, height), "jpg");
  }

  /** A picture with edges, areas and colours. */
  static BufferedImage scene(int width, int height) {
    Picture scene = DeadLeaves.picture(1, new InputShape(width, height));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = (y * width + x) * 3;
        image.setRGB(
            x,
            y,
            ((scene.rgb()[at] & 0xFF) << 16)
                | ((scene.rgb()[at + 1] & 0xFF) << 8)
                | (scene.rgb()[at + 2] & 0xFF));
      }
    }
    return image;
  }

  static byte[] grey(int width, int height, int level) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, level);
      }
    }
    return encode(image, "jpg");
  }

  static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("no writer of " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * Encodes with other choices than the usual ones.
   *
   * @param quality 0 to 1
   * @param across horizontal samples of luma for one of chroma, 1 to 4
   * @param down vertical ones
   */
  static byte[] encode(
      BufferedImage image, float quality, int across, int down, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    how.setCompressionQuality(quality);
    how.setProgressiveMode(
        progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream to = new MemoryCacheImageOutputStream(out)) {
      IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), how);
      String format = metadata.getNativeMetadataFormatName();
      Node tree = metadata.getAsTree(format);
      Element luma = (Element) ((Element) tree).getElementsByTagName("componentSpec").item(0);
      luma.setAttribute("HsamplingFactor", Integer.toString(across));
      luma.setAttribute("VsamplingFactor", Integer.toString(down));
      metadata.setFromTree(format, tree);
      writer.setOutput(to);
      writer.write(null, new IIOImage(image, null, metadata), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** Where the bytes of the frame's marker segment begin: length, precision, height, width, ... */
  static int frame(byte[] jpeg) {
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xC0) {
        return i + 2;
      }
    }
    throw new IllegalArgumentException("no baseline frame");
  }

  /** The same file with another size in its header. */
  static byte[] claiming(byte[] jpeg, int width, int height) {
    byte[] changed = jpeg.clone();
    ByteBuffer.wrap(changed)
        .putShort(frame(jpeg) + 3, (short) height)
        .putShort(frame(jpeg) + 5, (short) width);
    return changed;
  }
}
