package io.andon.bench.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture file of any kind that Java reads. Its readers throw whatever damaged bytes lead to;
 * here all of that is an {@link IOException} which names the file.
 */
public final class PictureFile implements AutoCloseable {
  /** More would take more memory than the harness has. */
  private static final long MOST_PIXELS = 100_000_000;

  private final String name;
  private final ImageInputStream in;
  private final ImageReader reader;
  private final int width;
  private final int height;

  /** What one of Java's readers gives. */
  private interface Reading<T> {
    T read() throws IOException;
  }

  private PictureFile(String name, ImageInputStream in, ImageReader reader) throws IOException {
    this.name = name;
    this.in = in;
    this.reader = reader;
    reader.setInput(in);
    width = orDamaged(name, () -> reader.getWidth(0));
    height = orDamaged(name, () -> reader.getHeight(0));
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it is no picture that can be read
   */
  public static PictureFile open(Path file) throws IOException {
    return of(new FileImageInputStream(file.toFile()), file.toString());
  }

  /**
   * Opens what a file holds.
   *
   * @param name of the file, for people
   * @throws IOException if it is no picture that can be read
   */
  public static PictureFile of(byte[] bytes, String name) throws IOException {
    return of(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)), name);
  }

  private static PictureFile of(ImageInputStream in, String name) throws IOException {
    try {
      Iterator<ImageReader> readers = orDamaged(name, () -> ImageIO.getImageReaders(in));
      if (!readers.hasNext()) {
        throw new IOException(name + " is no picture that can be read, allowed: JPEG, PNG");
      }
      return new PictureFile(name, in, readers.next());
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static <T> T orDamaged(String name, Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (IOException | RuntimeException e) {
      throw new IOException(name + " can't be read: " + e.getMessage(), e);
    }
  }

  /** Pixels in a row. */
  public int width() {
    return width;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** Whether it is a JPEG. */
  public boolean isJpeg() throws IOException {
    return reader.getFormatName().equalsIgnoreCase("jpeg");
  }

  /**
   * Its pixels.
   *
   * @throws IOException if they can't be read, or are more than 100 million
   */
  public BufferedImage image() throws IOException {
    if ((long) width * height > MOST_PIXELS) {
      throw new IOException(
          String.format(
              "%s has %d x %d pixels, allowed: %d in all", name, width, height, MOST_PIXELS));
    }
    return orDamaged(name, () -> reader.read(0));
  }

  @Override
  public void close() throws IOException {
    reader.dispose();
    in.close();
  }
}
