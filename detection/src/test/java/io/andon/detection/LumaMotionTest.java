package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Speed is told for a frame interval, however many frames were left out before a picture. */
class LumaMotionTest {
  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;

  /** A soft pattern whose lower half moves to the right, so many pixels a frame interval. */
  private static byte[] picture(double interval, double speed) {
    byte[] luma = new byte[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double along = (y < HEIGHT / 2 ? x : x - interval * speed) / 5;
        luma[y * WIDTH + x] =
            (byte) Math.round(120 + 50 * Math.sin(along) * Math.sin(y / 4.0) + 20 * Math.cos(y));
      }
    }
    return luma;
  }

  private static LumaMotion begun() {
    LumaMotion motion = new LumaMotion(WIDTH, HEIGHT, 2, 1);
    assertThat(motion.advance(picture(0, 1.5), true, 1)).as("nothing to compare with").isFalse();
    return motion;
  }

  private static double speed(LumaMotion motion) {
    return motion.speeds()[1];
  }

  @Test
  void aSteadyMovementHasOneSpeedWhereverFramesAreLeftOut() {
    LumaMotion every = begun();
    assertThat(every.advance(picture(1, 1.5), true, 1)).isTrue();
    LumaMotion second = begun();
    assertThat(second.advance(picture(2, 1.5), true, 2)).isTrue();

    assertThat(speed(every)).isGreaterThan(0.5);
    assertThat(speed(second)).isCloseTo(speed(every), within(0.15 * speed(every)));
  }

  @Test
  void toldAsOneIntervalTheSameMovementIsTwiceAsFast() {
    LumaMotion told = begun();
    told.advance(picture(2, 1.5), true, 2);
    LumaMotion untold = begun();
    untold.advance(picture(2, 1.5), true, 1);

    assertThat(speed(untold)).isEqualTo(2 * speed(told));
  }

  @Test
  void noSpeedIsToldOverMoreIntervalsThanFlowCanFollow() {
    LumaMotion motion = begun();
    assertThat(motion.advance(picture(4, 0.5), true, 4)).isTrue();
    assertThat(motion.tellsSpeeds()).isTrue();
    assertThat(motion.advance(picture(9, 0.5), true, 5)).as("brightness has changed").isTrue();
    assertThat(motion.tellsSpeeds()).isFalse();
    assertThat(motion.stand(true)).isTrue();
    assertThat(motion.tellsSpeeds()).as("nothing moves").isTrue();
  }

  @Test
  void theOtherChannelsSpeakWhereNoSpeedIsTold() {
    SyntheticLine line = new SyntheticLine(5);
    CameraDetector detector = line.warmDetector(SnapshotTest.QUICK);
    detector.observe(line.next().after(4));
    assertThat(detector.lastScores().motion().raw()).isNotNaN();

    detector.observe(line.next().after(5));

    assertThat(detector.lastScores().motion().raw()).isNaN();
    assertThat(detector.lastScores().appearance().raw()).isPositive();
    assertThat(detector.lastScores().activity().raw()).isNotNaN();
    detector.observe(line.next());
    assertThat(detector.lastScores().motion().raw()).isNotNaN();
  }

  @Test
  void intervalsSayNothingWhereThereIsNoMovementToTell() {
    LumaMotion motion = begun();
    assertThat(motion.advance(picture(2, 1.5), false, 2)).as("discontinuous").isFalse();
    assertThat(motion.stand(true)).isTrue();
    assertThat(Arrays.stream(motion.speeds())).containsOnly(0.0);
    assertThat(motion.advance(picture(3, 1.5), true, 1)).as("against the last picture").isTrue();
    assertThat(speed(motion)).isPositive();
  }
}
