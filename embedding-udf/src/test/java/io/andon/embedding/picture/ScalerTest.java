package io.andon.embedding.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.embedding.InputShape;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalerTest {
  private static final int[] BGR = {2, 1, 0};
  private static final int[] GREY = {0, 0, 0};

  /** Its bits are a part of the embedding space: however it is computed, they stay. */
  @ParameterizedTest
  @CsvSource({
    "512, 288, 448, 256",
    "640, 480, 352, 256",
    "1920, 1080, 448, 256",
    "288, 512, 256, 448",
    "449, 257, 448, 256",
    "448, 256, 448, 256",
    "100, 100, 640, 256",
    "17, 3, 32, 32",
    "2, 2, 256, 256",
    "1, 1, 32, 32"
  })
  void givesTheBitsOfThePlainDefinition(int width, int height, int toWidth, int toHeight) {
    InputShape target = new InputShape(toWidth, toHeight);
    for (int components : new int[] {1, 3}) {
      byte[] samples = new byte[width * height * components];
      new Random(width).nextBytes(samples);
      int[] order = components == 1 ? GREY : BGR;

      assertThat(new Scaler(width, height, target).scale(samples, components, order))
          .isEqualTo(plain(samples, width, height, components, order, target));
    }
  }

  private static byte[] plain(
      byte[] samples, int width, int height, int components, int[] order, InputShape target) {
    Letterbox box = Letterbox.of(width, height, target);
    AxisWeights across = new AxisWeights(width, box.width());
    AxisWeights down = new AxisWeights(height, box.height());
    byte[] rgb = new byte[target.width() * target.height() * 3];
    Arrays.fill(rgb, Letterbox.BAR);
    for (int y = 0; y < box.height(); y++) {
      for (int x = 0; x < box.width(); x++) {
        for (int colour = 0; colour < 3; colour++) {
          int sum = AxisWeights.ONE / 2;
          for (int k = 0; k < down.weights[y].length; k++) {
            int row = (down.first[y] + k) * width;
            int level = AxisWeights.ONE / 2;
            for (int j = 0; j < across.weights[x].length; j++) {
              int at = (row + across.first[x] + j) * components + order[colour];
              level += across.weights[x][j] * (samples[at] & 0xFF);
            }
            sum += down.weights[y][k] * (level >> AxisWeights.SHIFT);
          }
          rgb[((box.top() + y) * target.width() + box.left() + x) * 3 + colour] =
              (byte) (sum >> AxisWeights.SHIFT);
        }
      }
    }
    return rgb;
  }
}
