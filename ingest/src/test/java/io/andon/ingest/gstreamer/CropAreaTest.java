package io.andon.ingest.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.ingest.settings.CropConfig;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CropAreaTest {
  @Test
  void aPartIsOfEvenPixels() {
    assertThat(CropArea.of(new CropConfig(25, 10, 50, 33.3), 1920, 1080))
        .isEqualTo(new CropArea(480, 108, 960, 360, 480, 612));
  }

  @Test
  void thePartIsTheSameWhateverSizeTheCameraSends() {
    CropConfig crop = new CropConfig(12.5, 50, 25, 25);
    assertThat(CropArea.of(crop, 1280, 720)).isEqualTo(new CropArea(160, 360, 320, 180, 800, 180));
    assertThat(CropArea.of(crop, 640, 360)).isEqualTo(new CropArea(80, 180, 160, 90, 400, 90));
  }

  @Test
  void withoutAPartThePictureIsTakenWhole() {
    assertThat(CropArea.of(null, 641, 3)).isEqualTo(new CropArea(0, 0, 641, 3, 0, 0));
  }

  @Test
  void noPartIsEmptyOrReachesOutOfAPictureOfAnySize() {
    Random random = new Random(20);
    for (int i = 0; i < 100_000; i++) {
      double x = random.nextDouble() * 95;
      double y = random.nextDouble() * 95;
      CropConfig crop =
          new CropConfig(
              x, y, 5 + random.nextDouble() * (95 - x), 5 + random.nextDouble() * (95 - y));
      int width = 1 + random.nextInt(random.nextBoolean() ? 8 : 4000);
      int height = 1 + random.nextInt(random.nextBoolean() ? 8 : 3000);

      CropArea area = CropArea.of(crop, width, height);

      String what = crop + " of " + width + "x" + height;
      requirePart(what, area.left(), area.width(), area.right(), width);
      requirePart(what, area.top(), area.height(), area.bottom(), height);
    }
  }

  private static void requirePart(String what, int before, int length, int behind, int pixels) {
    assertThat(before + length + behind).as(what).isEqualTo(pixels);
    assertThat(before).as(what).isNotNegative().isEven();
    assertThat(behind).as(what).isNotNegative();
    assertThat(length).as(what).isGreaterThanOrEqualTo(Math.min(2, pixels));
    assertThat(length % 2 == 0 || behind == 0).as(what).isTrue();
  }
}
