package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Speeds before a fixed camera have had the same bits since flow was first released, whatever
 * computes them: a baseline learnt yesterday is compared with them today.
 */
class OpticalFlowTest {
  @ParameterizedTest
  @CsvSource({
    "192, 128, 4dbdaf06",
    "97, 65, b7c3472e",
    "99, 101, 9caeb94c",
    "48, 49, 44417dcb",
    "51, 98, f073bec4",
    "23, 40, aa781a35",
    "8, 8, 31024189"
  })
  void everySizeOfPictureKeepsItsBits(int width, int height, String crc) {
    CRC32 bits = new CRC32();
    Random random = new Random(7);
    byte[] before = picture(width, height, 0, random);
    for (int frame = 1; frame <= 12; frame++) {
      byte[] after = picture(width, height, frame, random);
      double[] speeds = OpticalFlow.speeds(before, after, width, height, frame % 3, 3, 4);
      ByteBuffer bytes = ByteBuffer.allocate(8 * speeds.length);
      for (double speed : speeds) {
        bytes.putDouble(speed);
      }
      bits.update(bytes.array());
      before = after;
    }

    assertThat(Long.toHexString(bits.getValue())).isEqualTo(crc);
  }

  @ParameterizedTest
  @CsvSource({"7, 60", "60, 7", "1, 1"})
  void aPictureThatIsTooSmallShowsNoMovement(int width, int height) {
    byte[] dark = new byte[width * height];
    byte[] other = picture(width, height, 1, new Random(7));

    assertThat(OpticalFlow.speeds(dark, other, width, height, 0, 2, 2)).containsOnly(0);
  }

  /** A pattern of whole numbers whose right half moves to and fro, with noise. */
  private static byte[] picture(int width, int height, int frame, Random random) {
    byte[] luma = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int along = x < width / 2 ? 0 : frame * (frame % 4);
        int down = x < width / 2 ? 0 : frame;
        int pattern = ((x + along) / 5 % 2) * 60 + ((y - down) / 7 % 2) * 40 + (x + along) * 3 % 50;
        luma[y * width + x] = (byte) (50 + pattern + random.nextInt(5));
      }
    }
    return luma;
  }
}
