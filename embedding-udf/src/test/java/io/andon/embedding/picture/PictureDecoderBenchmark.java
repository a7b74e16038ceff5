package io.andon.embedding.picture;

import io.andon.embedding.InputShape;
import io.andon.embedding.picture.turbojpeg.TurboJpeg;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From a JPEG file to the model's picture and its luma plane: by the JDK alone and by
 * libjpeg-turbo, of the size that ingest sends and of the model's own, which needs no scaling. Run
 * by {@code scripts/bench-kernels}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls encode() first
public class PictureDecoderBenchmark {
  private static final InputShape TARGET = new InputShape(448, 256);
  private static final float QUALITY = 0.85f;

  /** Which decoder. */
  @Param({"jdk", "turbo"})
  public String reader;

  /** Width and height of the picture, pixels. */
  @Param({"512x288", "448x256"})
  public String size;

  private PictureDecoder decoder;
  private byte[] jpeg;
  private int width;
  private int height;

  /** Encodes a picture. */
  @Setup
  public void encode() {
    boolean jdk = reader.equals("jdk");
    if (!jdk && !TurboJpeg.isInstalled()) {
      throw new IllegalStateException("libturbojpeg is not installed (Debian: libturbojpeg0)");
    }
    decoder = jdk ? JpegPictureDecoder.ofTheJdk() : new JpegPictureDecoder();
    width = Integer.parseInt(size.substring(0, size.indexOf('x')));
    height = Integer.parseInt(size.substring(size.indexOf('x') + 1));
    jpeg = TestPictures.encode(TestPictures.scene(width, height), QUALITY, 2, 2, false);
  }

  /** A picture. */
  @Benchmark
  public DecodeResult decode() {
    return decoder.decode(jpeg, width, height, TARGET);
  }
}
