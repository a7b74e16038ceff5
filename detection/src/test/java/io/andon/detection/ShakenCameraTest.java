package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the camera's own movement makes of speeds: nothing, as long as it is the camera's. */
class ShakenCameraTest {
  private static final int WIDTH = 192;
  private static final int HEIGHT = 128;
  private static final int ROWS = 8;
  private static final int COLUMNS = 12;
  private static final int CELL = 16;

  /** A pixel is the mean of so many places along each axis. */
  private static final int PARTS = 3;

  /** Brightness at a place of something that has structure in all directions. */
  private interface Look {
    double at(double x, double y);
  }

  private static final Look WALL =
      (x, y) ->
          110
              + 25 * Math.sin(x / 3.1 + y / 7.3)
              + 20 * Math.sin(y / 2.7 - x / 9.1)
              + 15 * Math.cos(x / 5.7) * Math.cos(y / 4.3);

  private static final Look THING =
      (x, y) -> 150 + 40 * Math.sin(x / 2.3 - y / 3.7) + 30 * Math.cos(y / 2.9 + x / 6.1);

  private final Random random = new Random(3);

  /** A wall, and a thing before it within a box; the camera has moved all of it. */
  private final class Scene {
    private Look wall = WALL;
    private double left = WIDTH;
    private double top = HEIGHT;
    private double right = WIDTH;
    private double bottom = HEIGHT;
    private double carried;
    private boolean carriesBox;
    private double noise = 1;
    private double light;

    /** A thing that moves as a whole, box and all. */
    Scene thing(int left, int top, int right, int bottom) {
      belt(left, top, right, bottom);
      carriesBox = true;
      return this;
    }

    /** A belt, whose edges stay where they are. */
    Scene belt(int left, int top, int right, int bottom) {
      this.left = left;
      this.top = top;
      this.right = right;
      this.bottom = bottom;
      return this;
    }

    byte[] picture(double cameraX, double cameraY) {
      byte[] luma = new byte[WIDTH * HEIGHT];
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          double value = pixel(x - cameraX, y - cameraY) * (1 + light * x / WIDTH);
          value += noise * random.nextGaussian();
          luma[y * WIDTH + x] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
      }
      return luma;
    }

    private double pixel(double x, double y) {
      double sum = 0;
      for (int i = 0; i < PARTS; i++) {
        for (int k = 0; k < PARTS; k++) {
          sum += brightness(x + (i - 1.0) / PARTS, y + (k - 1.0) / PARTS);
        }
      }
      return sum / (PARTS * PARTS);
    }

    private double brightness(double x, double y) {
      double box = carriesBox ? carried : 0;
      boolean inside = x >= left + box && x < right + box && y >= top && y < bottom;
      return inside ? THING.at(x - carried, y) : wall.at(x, y);
    }
  }

  private static double[] speeds(byte[] before, byte[] after) {
    return OpticalFlow.speeds(before, after, WIDTH, HEIGHT, 0, ROWS, COLUMNS);
  }

  private static double median(double[] speeds) {
    double[] sorted = speeds.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  @ParameterizedTest
  @CsvSource({"0.15, 0", "0, -0.3", "0.7, -0.4", "-1.1, 0.9", "2.6, 1.7", "-4.3, 3.1"})
  void nothingMovesInAStillSceneHoweverTheCameraShakes(double x, double y) {
    Scene still = new Scene();

    double[] speeds = speeds(still.picture(0, 0), still.picture(x, y));

    assertThat(median(speeds)).isLessThan(0.06);
    assertThat(speeds[3 * COLUMNS + 5]).isLessThan(0.1);
  }

  @Test
  void vibrationOfAFewFramesIsTakenOffFrameByFrame() {
    Scene still = new Scene();
    byte[] before = still.picture(0, 0);
    for (int frame = 1; frame <= 8; frame++) {
      byte[] after = still.picture(1.2 * Math.sin(2.1 * frame), 0.8 * Math.sin(1.6 * frame + 1));

      assertThat(median(speeds(before, after))).as("frame %d", frame).isLessThan(0.06);

      before = after;
    }
  }

  @ParameterizedTest
  @CsvSource({"0.7, -0.4", "-1.1, 0.9", "3.2, 1.7"})
  void whatMovesKeepsItsOwnSpeed(double x, double y) {
    Scene scene = new Scene().thing(64, 32, 128, 96);
    byte[] before = scene.picture(0, 0);
    scene.carried = 1.5;
    double[] fixed = speeds(before, scene.picture(0, 0));

    double[] shaken = speeds(before, scene.picture(x, y));

    int thing = 4 * COLUMNS + 6;
    assertThat(fixed[thing]).isCloseTo(1.5, within(0.2));
    assertThat(shaken[thing]).isCloseTo(fixed[thing], within(0.1));
    assertThat(shaken[COLUMNS + 1]).isLessThan(0.1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 192, 64",
    "0, 48, 192, 112",
    "0, 16, 192, 112",
    "16, 0, 176, 128",
    "24, 12, 168, 116"
  })
  void aBeltIsNotTakenForTheCamera(int left, int top, int right, int bottom) {
    Scene scene = new Scene().belt(left, top, right, bottom);
    byte[] before = scene.picture(0, 0);
    scene.carried = 2;

    double[] speeds = speeds(before, scene.picture(0, 0));

    int onTheBelt = (top + bottom) / 2 / CELL * COLUMNS + COLUMNS / 2;
    assertThat(speeds[onTheBelt]).isCloseTo(2, within(0.2));
    int beside = (left == 0 ? ROWS - 1 : 0) * COLUMNS;
    assertThat(speeds[beside]).as("beside it").isLessThan(0.6);
  }

  @Test
  void nothingIsTakenOffWhereALonePatchIsAllThatShows() {
    Scene scene = new Scene().belt(48, 32, 144, 96);
    scene.wall = (x, y) -> 90;
    byte[] before = scene.picture(0, 0);
    scene.carried = 2;

    double[] speeds = speeds(before, scene.picture(0, 0));

    assertThat(speeds[4 * COLUMNS + 6]).isCloseTo(2, within(0.2));
    assertThat(speeds[0]).isLessThan(0.1);
  }

  @Test
  void aFlatPictureShowsNoMovement() {
    Scene flat = new Scene();
    flat.wall = (x, y) -> 128;

    double[] noisy = speeds(flat.picture(0, 0), flat.picture(1, 1));
    flat.noise = 0;
    double[] clean = speeds(flat.picture(0, 0), flat.picture(1, 1));

    assertThat(median(noisy)).isLessThan(0.1);
    assertThat(clean).containsOnly(0);
  }

  @Test
  void flatPartsOfAShakenPictureStandStillToo() {
    Scene scene = new Scene();
    scene.wall =
        (x, y) -> {
          double fromPatch = Math.hypot(x - 120, y - 56);
          return 110 + (WALL.at(x, y) - 110) * Math.max(0, Math.min(1, fromPatch / 16 - 2));
        };

    double[] speeds = speeds(scene.picture(0, 0), scene.picture(1.4, -0.8));

    assertThat(speeds[3 * COLUMNS + 7]).isLessThan(0.1);
  }

  @Test
  void lightThatComesFromOneSideDoesNotHideTheCamerasMovement() {
    Scene still = new Scene();
    byte[] before = still.picture(0, 0);
    still.light = 0.05;

    double fixed = median(speeds(before, still.picture(0, 0)));

    double shaken = median(speeds(before, still.picture(0.9, 0.6)));

    assertThat(shaken).isCloseTo(fixed, within(0.05));
  }

  @Test
  void aJumpTooFarToFollowIsLeftAsItIs() {
    Scene still = new Scene();

    double[] speeds = speeds(still.picture(0, 0), still.picture(40, 0));

    assertThat(median(speeds)).isGreaterThan(0.5);
  }

  @Test
  void speedsBeforeAFixedCameraKeepTheirBits() {
    Scene scene = new Scene().thing(40, 40, 90, 100);
    CRC32 bits = new CRC32();
    byte[] before = scene.picture(0, 0);
    for (int frame = 1; frame <= 6; frame++) {
      scene.carried += frame;
      scene.noise = frame;
      byte[] after = scene.picture(0, 0);
      for (double speed : speeds(before, after)) {
        bits.update(ByteBuffer.allocate(8).putDouble(speed).array());
      }
      before = after;
    }

    assertThat(Long.toHexString(bits.getValue())).isEqualTo("29e81002");
  }

  @Test
  void aShakeOverSeveralIntervalsIsTakenOffToo() {
    Scene still = new Scene();
    LumaMotion motion = new LumaMotion(WIDTH, HEIGHT, ROWS, COLUMNS);
    motion.advance(still.picture(0, 0), true, 1);

    assertThat(motion.advance(still.picture(-1.3, 0.8), true, 3)).isTrue();

    assertThat(median(motion.speeds())).isLessThan(0.06);
    assertThat(median(motion.blocks(2, 2))).as("brightness still changes").isGreaterThan(1);
  }
}
