package io.andon.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.bench.evaluate.data.VideoSet;
import io.andon.bench.evaluate.data.VideoSet.Clip;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewLabelsTest {
  private static final int WIDTH = 360;
  private static final int HEIGHT = 240;
  private static final boolean[] LABELS = {false, true, true, true};

  @TempDir private Path folder = Path.of("");
  private final List<String> notes = new ArrayList<>();

  @Test
  void aFrameIsAnomalousWhereTheViewShowsEnoughOfItsMask() throws IOException {
    // Four rows of pixels from a column on; frame 2 lies across the edge of the left view.
    Path masks = masks(-1, 20, 190, 300);
    assertThat(labels(Disturbance.LEFT, masks)).containsExactly(false, true, true, false);
    assertThat(labels(Disturbance.RIGHT, masks)).containsExactly(false, false, true, true);
    assertThat(labels(Disturbance.MIDDLE, masks)).containsExactly(false, false, true, false);
    assertThat(labels(Disturbance.LEFT, masks(-1, 20, 191, 300)))
        .as("36 pixels in view")
        .containsExactly(false, true, false, false);
    assertThat(notes).isEmpty();
  }

  @Test
  void aMaskOfAFrameThatIsLabelledNormalSaysNothing() throws IOException {
    assertThat(labels(Disturbance.LEFT, masks(20, 20, 20, 20)))
        .containsExactly(false, true, true, true);
  }

  @Test
  void aClipWithoutMasksIsToldAndLeftOut() {
    assertThat(test(null)).isEmpty();
    assertThat(notes)
        .containsExactly(
            "yard: test/01 has no labels of another view, left out: there are no masks of it");
  }

  @Test
  void aClipThatLacksTheMaskOfAnAnomalousFrameIsToldAndLeftOut() throws IOException {
    Path masks = masks(-1, 20, 20, -1);
    assertThat(test(masks)).isEmpty();
    assertThat(notes)
        .containsExactly(
            "yard: test/01 has no labels of another view, left out: "
                + masks
                + ": there is none of frame 3, which is anomalous");
  }

  @Test
  void anArchiveThatCannotBeReadIsTold() throws IOException {
    Path masks = Files.writeString(folder.resolve("broken.zip"), "no archive");
    assertThat(test(masks)).isEmpty();
    assertThat(notes).singleElement().asString().contains(masks + ": ");
  }

  private boolean[] labels(Disturbance disturbance, Path masks) {
    return seen(disturbance, masks).test().get(0).labels();
  }

  private List<Clip> test(@Nullable Path masks) {
    return seen(Disturbance.LEFT, masks).test();
  }

  private VideoSet seen(Disturbance disturbance, @Nullable Path masks) {
    Clip clip = new Clip("test/01", Passes.nowhere(), LABELS, masks);
    VideoSet set = new VideoSet("yard", List.of(), List.of(clip));
    return new ViewLabels(disturbance.view(), notes::add).of(set);
  }

  /** An archive of a mask a frame, 20 by 4 pixels from a column on; none for one below 0. */
  private Path masks(int... columns) throws IOException {
    Path file = Files.createTempFile(folder, "masks", ".zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int frame = 0; frame < columns.length; frame++) {
        if (columns[frame] >= 0) {
          BufferedImage mask = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY);
          for (int i = 0; i < 80; i++) {
            mask.setRGB(columns[frame] + i % 20, 120 + i / 20, 0xffffff);
          }
          zip.putNextEntry(new ZipEntry(String.format("%03d.png", frame)));
          ImageIO.write(mask, "png", zip);
        }
      }
    }
    return file;
  }
}
