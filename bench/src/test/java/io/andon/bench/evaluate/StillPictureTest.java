package io.andon.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.bench.picture.Jpegs;
import io.andon.embedding.InputShape;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a picture file comes to the model's input. */
class StillPictureTest {
  private static final StillView WHOLE = StillView.whole(new InputShape(256, 256));

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}x{1}, turned: {2}")
  @CsvSource({"1280, 1280, true", "1280, 800, false", "1280, 800, true", "3100, 3100, false"})
  void everyPixelOfALargePictureCounts(int width, int height, boolean turned) throws IOException {
    // One row in four is white, so that looking at two of them sees all or nothing.
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y += 4) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0xFFFFFF);
      }
    }
    Path file = written(image);

    StillPicture still =
        turned
            ? StillPicture.turned(file, WHOLE, new Turn(false, true, false))
            : StillPicture.read(file, WHOLE);

    assertThat(still.width()).isLessThanOrEqualTo(3_000);
    assertThat(meanOf(still)).isBetween(56.0, 72.0);
  }

  @Test
  void aPictureThatFitsIsTurnedAtItsOwnSize() throws IOException {
    Path file = written(new BufferedImage(600, 590, BufferedImage.TYPE_3BYTE_BGR));

    StillPicture turned = StillPicture.turned(file, WHOLE, new Turn(true, false, false));

    assertThat(turned.width()).isEqualTo(590);
    assertThat(turned.height()).isEqualTo(600);
  }

  @ParameterizedTest(name = "turned: {0}")
  @ValueSource(booleans = {false, true})
  void ofAPartThatIsCutOutNothingElseIsSeen(boolean turned) throws IOException {
    BufferedImage image = new BufferedImage(800, 400, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 100; y < 300; y++) {
      for (int x = 200; x < 400; x++) {
        image.setRGB(x, y, 0x40C020);
      }
    }
    Path file = written(image);
    StillView view = new StillView(new InputShape(256, 256), new View(0.25, 0.25, 0.25, 0.5));

    StillPicture part =
        turned
            ? StillPicture.turned(file, view, new Turn(false, true, false))
            : StillPicture.read(file, view);

    assertThat(part.width()).isEqualTo(200);
    BufferedImage seen = Jpegs.decoded(part.jpeg());
    for (int[] corner : new int[][] {{0, 0}, {199, 0}, {0, 199}, {199, 199}, {100, 100}}) {
      int rgb = seen.getRGB(corner[0], corner[1]);
      assertThat(rgb >> 16 & 255).isBetween(0x38, 0x48);
      assertThat(rgb >> 8 & 255).isBetween(0xB8, 0xC8);
      assertThat(rgb & 255).isBetween(0x18, 0x28);
    }
  }

  @Test
  void aPictureTooSmallToBeCutIsToldAsThat() throws IOException {
    Path file = written(new BufferedImage(2, 2, BufferedImage.TYPE_3BYTE_BGR));
    StillView view = new StillView(new InputShape(256, 256), new View(0.3, 0.3, 0.1, 0.1));

    assertThatThrownBy(() -> StillPicture.read(file, view))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too small");
  }

  @ParameterizedTest(name = "{0} bits, with alpha: {1}")
  @CsvSource({"8, false", "8, true", "16, false", "16, true"})
  void greyStaysAsGreyAsItIs(int bits, boolean alpha) throws IOException {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            alpha,
            false,
            alpha ? ComponentColorModel.TRANSLUCENT : ComponentColorModel.OPAQUE,
            bits == 8 ? DataBuffer.TYPE_BYTE : DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(300, 300);
    for (int y = 0; y < 300; y++) {
      for (int x = 0; x < 300; x++) {
        raster.setSample(x, y, 0, bits == 8 ? 64 : 64 * 257);
        if (alpha) {
          raster.setSample(x, y, 1, (1 << bits) - 1);
        }
      }
    }
    Path file = written(new BufferedImage(model, raster, false, null));

    assertThat(meanOf(StillPicture.read(file, WHOLE))).isBetween(63.0, 65.0);
  }

  private Path written(BufferedImage image) throws IOException {
    Path file = folder.resolve("picture.png");
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    return file;
  }

  /** Mean of the middle of the picture, where no border counts. */
  private static double meanOf(StillPicture still) throws IOException {
    BufferedImage image = Jpegs.decoded(still.jpeg());
    double sum = 0;
    int from = image.getWidth() / 4;
    int size = image.getWidth() / 2 / 4 * 4;
    for (int i = 0; i < size; i++) {
      sum += image.getRGB(image.getWidth() / 2, from + i) & 0xFF;
    }
    return sum / size;
  }
}
