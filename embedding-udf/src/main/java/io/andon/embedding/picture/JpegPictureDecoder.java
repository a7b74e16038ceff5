package io.andon.embedding.picture;

import io.andon.contracts.DeadLetterReason;
import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes JPEG pictures: what is usual by libjpeg-turbo where it is installed, all else and what
 * that library finds fault with by the JDK's own reader. Both give the same bits of whatever an
 * encoder writes, so which of them a worker has makes no difference to embeddings.
 *
 * <p>Takes baseline and progressive pictures of 8 bits, grey (its sample becomes R, G and B) and
 * YCbCr; CMYK, 12 bits, lossless and arithmetic coding are rejected by name. A picture that a
 * reader had to guess parts of (truncated, corrupt) is rejected.
 */
public final class JpegPictureDecoder implements PictureDecoder {
  private static final int[] GREY = {0, 0, 0};
  private static final int[] RGB = {0, 1, 2};

  /** Scalers that are kept; a camera has one size, so few are needed. */
  private static final int MOST_SCALERS = 64;

  private record Sizes(int width, int height, InputShape target) {}

  private final DecodeLimits limits = DecodeLimits.DEFAULT;
  private final ConcurrentMap<Sizes, Scaler> scalers = new ConcurrentHashMap<>();
  private final @Nullable TurboJpegReader turbo;

  /** A decoder with {@link DecodeLimits#DEFAULT}, the fastest that is installed. */
  public JpegPictureDecoder() {
    this(new TurboJpegReader());
  }

  private JpegPictureDecoder(@Nullable TurboJpegReader turbo) {
    this.turbo = turbo;
  }

  /** A decoder that uses the JDK alone, whatever is installed. */
  static JpegPictureDecoder ofTheJdk() {
    return new JpegPictureDecoder(null);
  }

  /** Of the JDK's reader, whose bits all readers give, and of the scaler. */
  @Override
  public String name() {
    return "imageio-triangle-1";
  }

  @Override
  public DecodeResult decode(
      byte[] jpeg, int declaredWidth, int declaredHeight, InputShape target) {
    if (jpeg.length == 0) {
      return new DecodeResult.Rejected(DeadLetterReason.EMPTY_PICTURE, "no bytes");
    }
    if (jpeg.length > limits.bytes()) {
      return oversized(jpeg.length + " bytes; allowed are " + limits.bytes());
    }
    Optional<JpegHeader> read = JpegHeader.read(jpeg);
    if (read.isEmpty()) {
      return undecodable("no complete JPEG file");
    }
    JpegHeader header = read.get();
    DecodeResult.@Nullable Rejected rejected = reject(header, declaredWidth, declaredHeight);
    return rejected != null ? rejected : decode(jpeg, header, target);
  }

  private DecodeResult.@Nullable Rejected reject(JpegHeader header, int width, int height) {
    String size = header.width() + "x" + header.height();
    if (header.width() == 0 || header.height() == 0) {
      return undecodable("header says " + size);
    }
    if (header.width() > limits.side()
        || header.height() > limits.side()
        || (long) header.width() * header.height() > limits.pixels()) {
      return oversized(
          size + "; allowed are " + limits.side() + " a side and " + limits.pixels() + " pixels");
    }
    if (header.width() != width || header.height() != height) {
      return new DecodeResult.Rejected(
          DeadLetterReason.SIZE_MISMATCH, size + "; declared was " + width + "x" + height);
    }
    return unsupported(header);
  }

  private DecodeResult.@Nullable Rejected unsupported(JpegHeader header) {
    if (header.components() != 1 && header.components() != 3) {
      return undecodable(header.components() + " components; allowed are 1 and 3");
    }
    if (header.precision() != 8) {
      return undecodable(header.precision() + " bits a sample; allowed are 8");
    }
    if (header.frame() > 0xC2) {
      return undecodable(
          "coding "
              + Integer.toHexString(header.frame())
              + "; allowed are baseline and progressive");
    }
    return header.scans() > limits.scans()
        ? undecodable(header.scans() + " scans; allowed are " + limits.scans())
        : null;
  }

  private DecodeResult decode(byte[] jpeg, JpegHeader header, InputShape target) {
    if (turbo != null && TurboJpegReader.takes(header)) {
      DecodeResult result =
          turbo.read(
              jpeg,
              header,
              samples ->
                  scale(
                      samples, header.width(), header.height(), header.components(), RGB, target));
      if (result != null) {
        return result;
      }
    }
    return decodeByTheJdk(jpeg, target);
  }

  private DecodeResult decodeByTheJdk(byte[] jpeg, InputShape target) {
    AtomicReference<@Nullable String> warning = new AtomicReference<>();
    BufferedImage image;
    try {
      image = read(jpeg, (source, text) -> warning.compareAndSet(null, text));
    } catch (IOException | RuntimeException e) {
      // The reader throws what it likes on bytes that lie; all of it means the same.
      return undecodable(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
    String warned = warning.get();
    if (warned != null) {
      return undecodable(warned);
    }
    return scale(image, target);
  }

  private static BufferedImage read(byte[] jpeg, IIOReadWarningListener listener)
      throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
    ImageReader reader = readers.next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.addIIOReadWarningListener(listener);
      reader.setInput(in, true, true);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  private DecodeResult scale(BufferedImage image, InputShape target) {
    Raster raster = image.getRaster();
    if (!(raster.getDataBuffer() instanceof DataBufferByte buffer)
        || !(raster.getSampleModel() instanceof ComponentSampleModel samples)
        || samples.getPixelStride() != samples.getNumBands()
        || (samples.getNumBands() != 1 && samples.getNumBands() != 3)) {
      return undecodable(
          "pixels of type " + image.getType() + "; allowed are grey and three bytes");
    }
    return scale(
        buffer.getData(),
        image.getWidth(),
        image.getHeight(),
        samples.getNumBands(),
        samples.getBandOffsets(),
        target);
  }

  private DecodeResult scale(
      byte[] samples, int width, int height, int components, int[] order, InputShape target) {
    byte[] rgb =
        scaler(width, height, target).scale(samples, components, components == 1 ? GREY : order);
    return new DecodeResult.Decoded(
        new Picture(
            target.width(), target.height(), rgb, Luma.of(target.width(), target.height(), rgb)));
  }

  private Scaler scaler(int width, int height, InputShape target) {
    Sizes sizes = new Sizes(width, height, target);
    Scaler kept = scalers.get(sizes);
    if (kept != null) {
      return kept;
    }
    Scaler made = new Scaler(width, height, target);
    if (scalers.size() < MOST_SCALERS) {
      scalers.put(sizes, made);
    }
    return made;
  }

  private static DecodeResult.Rejected oversized(String detail) {
    return new DecodeResult.Rejected(DeadLetterReason.OVERSIZED_PICTURE, detail);
  }

  private static DecodeResult.Rejected undecodable(String detail) {
    return new DecodeResult.Rejected(DeadLetterReason.UNDECODABLE_PICTURE, detail);
  }
}
