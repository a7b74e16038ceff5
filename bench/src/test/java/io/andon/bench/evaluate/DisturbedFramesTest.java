package io.andon.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.andon.bench.evaluate.data.VideoSet;
import io.andon.bench.evaluate.data.VideoSet.Clip;
import io.andon.bench.picture.Jpegs;
import io.andon.ingest.gstreamer.VideoFile;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DisturbedFramesTest {
  private static final int WIDTH = 180;
  private static final int HEIGHT = 120;
  private static final Clip TRAIN = clip("train/01");
  private static final List<Clip> TEST =
      IntStream.range(0, 7).mapToObj(i -> clip("test/0" + i)).toList();
  private static final VideoSet SET = new VideoSet("yard", List.of(TRAIN), TEST);

  private static Clip clip(String id) {
    return new Clip(id, Passes.nowhere(), new boolean[0], null);
  }

  /** Grey, but for the middle ninth, which is white. */
  private static VideoFile.Frame frame() throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(100, 100, 100));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setColor(Color.WHITE);
    g.fillRect(WIDTH / 3, HEIGHT / 3, WIDTH / 3, HEIGHT / 3);
    g.dispose();
    return new VideoFile.Frame(Jpegs.encoded(image, StillPicture.QUALITY), WIDTH, HEIGHT, 25, null);
  }

  private static VideoFile.Frame disturbed(Disturbance disturbance) throws IOException {
    return new DisturbedFrames(disturbance, SET, 1).of(TRAIN, frame());
  }

  private static int grey(VideoFile.Frame frame, int x, int y) throws IOException {
    return Jpegs.decoded(frame.jpeg()).getRGB(x, y) & 0xff;
  }

  @Test
  void withoutADisturbanceAFrameStaysAsItIs() throws IOException {
    VideoFile.Frame frame = frame();
    assertThat(new DisturbedFrames(Disturbance.NONE, SET, 1).of(TRAIN, frame)).isSameAs(frame);
  }

  @Test
  void eachHasItsSizeAndTheRateOfTheVideo() throws IOException {
    for (Disturbance disturbance : Disturbance.values()) {
      VideoFile.Frame frame = disturbed(disturbance);
      int[] size =
          switch (disturbance) {
            case HALF -> new int[] {WIDTH / 2, HEIGHT / 2};
            case LEFT, RIGHT -> new int[] {100, HEIGHT};
            default -> new int[] {WIDTH, HEIGHT};
          };
      assertThat(new int[] {frame.width(), frame.height()}).as(disturbance.word()).isEqualTo(size);
      BufferedImage image = Jpegs.decoded(frame.jpeg());
      assertThat(new int[] {image.getWidth(), image.getHeight()}).isEqualTo(size);
      assertThat(frame.fps()).isEqualTo(25);
    }
  }

  @Test
  void aViewShowsItsPart() throws IOException {
    assertThat(grey(disturbed(Disturbance.LEFT), 80, 60)).isCloseTo(255, within(8));
    assertThat(grey(disturbed(Disturbance.LEFT), 20, 60)).isCloseTo(100, within(8));
    assertThat(grey(disturbed(Disturbance.RIGHT), 20, 60)).isCloseTo(255, within(8));
    assertThat(grey(disturbed(Disturbance.RIGHT), 80, 60)).isCloseTo(100, within(8));
    VideoFile.Frame middle = disturbed(Disturbance.MIDDLE);
    assertThat(grey(middle, 40, 30)).as("white from 60 to 120, twice").isCloseTo(255, within(8));
    assertThat(grey(middle, 20, 60)).isCloseTo(100, within(8));
  }

  @Test
  void aSeedDecidesWhatIsDrawn() throws IOException {
    for (Disturbance drawn : List.of(Disturbance.SHAKE, Disturbance.NOISE)) {
      DisturbedFrames frames = new DisturbedFrames(drawn, SET, 1);
      byte[] first = frames.of(TRAIN, frame()).jpeg();
      assertThat(frames.of(TRAIN, frame()).jpeg()).as("each frame its own").isNotEqualTo(first);
      assertThat(disturbed(drawn).jpeg()).isEqualTo(first);
      assertThat(new DisturbedFrames(drawn, SET, 2).of(TRAIN, frame()).jpeg()).isNotEqualTo(first);
    }
  }

  @Test
  void lightIsThatOfTheTestClipAndOfNoTrainClip() throws IOException {
    DisturbedFrames frames = new DisturbedFrames(Disturbance.DIM, SET, 1);
    assertThat(grey(frames.of(TRAIN, frame()), 20, 60)).isCloseTo(100, within(2));
    int[] levels = {80, 120, 90, 110, 75, 115, 80};
    for (int i = 0; i < levels.length; i++) {
      assertThat(grey(frames.of(TEST.get(i), frame()), 20, 60)).isCloseTo(levels[i], within(2));
    }
  }

  @Test
  void theReelOfAnotherDisturbanceOrSeedIsAnother() {
    assertThat(
            List.of(
                key(Disturbance.SHAKE, 1),
                key(Disturbance.SHAKE, 2),
                key(Disturbance.NOISE, 1),
                key(Disturbance.NONE, 1)))
        .doesNotHaveDuplicates();
    assertThat(key(Disturbance.NONE, 1)).isEqualTo(new ReelKey().hex());
  }

  private static String key(Disturbance disturbance, long seed) {
    ReelKey key = new ReelKey();
    new DisturbedFrames(disturbance, SET, seed).addTo(key);
    return key.hex();
  }
}
