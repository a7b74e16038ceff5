package io.andon.embedding.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import io.andon.embedding.picture.turbojpeg.TurboJpeg;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * That libjpeg-turbo and the JDK's reader can't be told apart by what they give. Debian's JDK has
 * libjpeg-turbo behind its reader too; one that has the older libjpeg (Temurin) gives the same of
 * all pictures here but of some that are damaged.
 */
class TurboJpegReaderTest {
  private final PictureDecoder fastest = new JpegPictureDecoder();
  private final PictureDecoder jdk = JpegPictureDecoder.ofTheJdk();

  @BeforeAll
  static void theLibraryIsThere() {
    assertThat(TurboJpeg.isInstalled())
        .as("libjpeg-turbo, which scripts/setup installs (Debian: libturbojpeg0)")
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "2,2"})
  void givesTheBitsOfTheJdkForAnySizeAndQuality(int across, int down) {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 150; round++) {
      int width = round < 20 ? 1 + round : random.nextInt(1, 200);
      int height = round < 20 ? 1 + round : random.nextInt(1, 120);
      byte[] jpeg =
          TestPictures.encode(
              TestPictures.scene(width, height),
              (float) random.nextDouble(0.01, 1),
              across,
              down,
              false);

      assertReadByTurbo(jpeg);
      assertSame(jpeg, width, height, new InputShape(width, height));
    }
  }

  @Test
  void givesTheBitsOfTheJdkForWhatIngestSends() {
    byte[] jpeg = TestPictures.encode(TestPictures.scene(512, 288), 0.85f, 2, 2, false);

    assertReadByTurbo(jpeg);
    assertSame(jpeg, 512, 288, new InputShape(448, 256));
  }

  @Test
  void givesTheBitsOfTheJdkForGreyAndForNoise() {
    BufferedImage noise = new BufferedImage(97, 61, BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage grey = new BufferedImage(97, 61, BufferedImage.TYPE_BYTE_GRAY);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 97 * 61; i++) {
      noise.setRGB(i % 97, i / 97, random.nextInt());
      grey.getRaster().setSample(i % 97, i / 97, 0, random.nextInt(256));
    }
    byte[] ofNoise = TestPictures.encode(noise, "jpg");
    byte[] ofGrey = TestPictures.encode(grey, "jpg");

    assertReadByTurbo(ofNoise);
    assertReadByTurbo(ofGrey);
    assertSame(ofNoise, 97, 61, new InputShape(97, 61));
    assertSame(ofGrey, 97, 61, new InputShape(97, 61));
  }

  /** Each of these the two libraries may take for something else. */
  @Test
  void leavesWhatIsUnusualToTheJdk() {
    BufferedImage scene = TestPictures.scene(64, 48);
    byte[] usual = TestPictures.encode(scene, 0.8f, 2, 2, false);
    byte[] progressive = TestPictures.encode(scene, 0.8f, 2, 2, true);
    byte[] halvedDown = TestPictures.encode(scene, 0.8f, 1, 2, false);
    byte[] adobe = usual.clone();
    adobe[3] = (byte) 0xEE;
    byte[] unmarked = usual.clone();
    unmarked[6] = 'X';

    assertThat(TurboJpegReader.takes(header(usual))).isTrue();
    assertThat(TurboJpegReader.takes(header(progressive))).as("progressive").isFalse();
    assertThat(TurboJpegReader.takes(header(adobe))).as("Adobe's marker").isFalse();
    assertThat(TurboJpegReader.takes(header(unmarked))).as("not JFIF").isFalse();
    assertThat(read(halvedDown)).as("chroma halved down alone").isNull();
    for (byte[] jpeg : new byte[][] {progressive, halvedDown, adobe, unmarked}) {
      assertSame(jpeg, 64, 48, new InputShape(64, 48));
    }
  }

  @Test
  void leavesLargePicturesToTheJdk() {
    byte[] jpeg = TestPictures.jpeg(64, 48);

    assertThat(TurboJpegReader.takes(header(TestPictures.claiming(jpeg, 2048, 1024)))).isTrue();
    assertThat(TurboJpegReader.takes(header(TestPictures.claiming(jpeg, 2049, 1024)))).isFalse();
  }

  @Test
  void saysTheSameOfDamage() {
    byte[] jpeg = TestPictures.encode(TestPictures.scene(64, 48), 0.8f, 2, 2, false);
    SplittableRandom random = new SplittableRandom(11);
    int readByTurbo = 0;
    for (int round = 0; round < 4000; round++) {
      byte[] damaged = jpeg.clone();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Optional<JpegHeader> header = JpegHeader.read(damaged);
      if (header.isPresent() && TurboJpegReader.takes(header.get()) && read(damaged) != null) {
        readByTurbo++;
      }
      assertSame(damaged, 64, 48, new InputShape(64, 48));
    }
    assertThat(readByTurbo).as("damage that can't be seen").isGreaterThan(100);
  }

  @Test
  void keepsThreadsApart() throws Exception {
    List<byte[]> pictures = List.of(TestPictures.jpeg(48, 32), TestPictures.jpeg(112, 64));
    List<InputShape> sizes = List.of(new InputShape(48, 32), new InputShape(112, 64));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> calls = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int first = thread;
        calls.add(
            threads.submit(
                () -> {
                  for (int i = first; i < first + 200; i++) {
                    InputShape size = sizes.get(i % 2);
                    assertSame(pictures.get(i % 2), size.width(), size.height(), size);
                  }
                }));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void keepsApartWhatComesInTurns() {
    byte[] small = TestPictures.jpeg(48, 32);
    byte[] large = TestPictures.jpeg(112, 64);
    byte[] grey = TestPictures.grey(112, 64, 77);
    for (int round = 0; round < 3; round++) {
      assertSame(large, 112, 64, new InputShape(112, 64));
      assertSame(small, 48, 32, new InputShape(48, 32));
      assertSame(grey, 112, 64, new InputShape(112, 64));
    }
  }

  private void assertSame(byte[] jpeg, int width, int height, InputShape target) {
    DecodeResult expected = jdk.decode(jpeg, width, height, target);
    DecodeResult found = fastest.decode(jpeg, width, height, target);

    if (expected instanceof DecodeResult.Decoded decoded) {
      assertThat(found).isInstanceOf(DecodeResult.Decoded.class);
      Picture picture = ((DecodeResult.Decoded) found).picture();
      assertThat(Arrays.equals(picture.rgb(), decoded.picture().rgb()))
          .as("the same bits of %d x %d", width, height)
          .isTrue();
    } else {
      assertThat(found).isEqualTo(expected);
    }
  }

  private static void assertReadByTurbo(byte[] jpeg) {
    assertThat(TurboJpegReader.takes(header(jpeg))).isTrue();
    assertThat(read(jpeg)).as("samples").isNotNull();
  }

  private static byte @Nullable [] read(byte[] jpeg) {
    return new TurboJpegReader().read(jpeg, header(jpeg), byte[]::clone);
  }

  private static JpegHeader header(byte[] jpeg) {
    return JpegHeader.read(jpeg).orElseThrow();
  }
}
