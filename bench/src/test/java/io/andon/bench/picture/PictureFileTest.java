package io.andon.bench.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureFileTest {
  private static final int WIDTH_IN_PNG = 16;

  @ParameterizedTest
  @CsvSource({"png", "jpg", "bmp", "tif", "gif"})
  void aPictureIsReadWhateverItsKind(String kind) throws IOException {
    try (PictureFile picture = PictureFile.of(written(kind), "a." + kind)) {
      assertThat(picture.width()).isEqualTo(16);
      assertThat(picture.height()).isEqualTo(12);
      assertThat(picture.isJpeg()).isEqualTo(kind.equals("jpg"));
      assertThat(picture.image().getHeight()).isEqualTo(12);
    }
  }

  /** Bytes that Java's readers answer with no IOException: an array of negative size, and so on. */
  @ParameterizedTest(name = "{0} with byte {1} changed")
  @CsvSource({"bmp, 13", "tif, 4", "tif, 7", "tif, 10"})
  void aDamagedFileIsAnIoProblemThatNamesIt(String kind, int place) throws IOException {
    byte[] damaged = written(kind);
    damaged[place] = (byte) 0xff;
    assertThatThrownBy(() -> readWhole(damaged, "parts/a." + kind))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("parts/a." + kind + " can't be read: ");
  }

  @Test
  void whatIsNoPictureSaysWhatIsAllowed() {
    assertThatThrownBy(() -> readWhole(new byte[0], "a.png"))
        .isInstanceOf(IOException.class)
        .hasMessage("a.png is no picture that can be read, allowed: JPEG, PNG");
  }

  @Test
  void aPictureThatMemoryHasNoRoomForIsRefused() throws IOException {
    byte[] huge = written("png");
    ByteBuffer.wrap(huge).putInt(WIDTH_IN_PNG, 40_000).putInt(WIDTH_IN_PNG + 4, 50_000);
    assertThatThrownBy(() -> readWhole(huge, "a.png"))
        .isInstanceOf(IOException.class)
        .hasMessage("a.png has 40000 x 50000 pixels, allowed: 100000000 in all");
  }

  private static void readWhole(byte[] bytes, String name) throws IOException {
    try (PictureFile picture = PictureFile.of(bytes, name)) {
      picture.image();
    }
  }

  private static byte[] written(String kind) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(16, 12, BufferedImage.TYPE_3BYTE_BGR);
    assertThat(ImageIO.write(image, kind, out)).isTrue();
    return out.toByteArray();
  }
}
