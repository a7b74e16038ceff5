package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What an observation may not be, and odd ones that are fine. */
class BadInputTest {
  private static final FrameStamp STAMP = new FrameStamp(0, 0, 0, 0, 0);

  private static Observation frame(
      int rows,
      int columns,
      int channels,
      int patches,
      int pooled,
      int width,
      int height,
      int luma) {
    return new Observation(
        STAMP,
        "space",
        64,
        48,
        rows,
        columns,
        channels,
        new byte[patches],
        new byte[pooled],
        width,
        height,
        new byte[luma],
        false);
  }

  private static void assertRefused(String field, Runnable making) {
    assertThatThrownBy(making::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(field)
        .hasMessageContaining("allowed");
  }

  @Test
  void zeroPatches() {
    assertRefused("rows", () -> frame(0, 1, 1, 0, 1, 1, 1, 1));
    assertRefused("columns", () -> frame(1, 0, 1, 0, 1, 1, 1, 1));
    assertRefused("channels", () -> frame(1, 1, 0, 0, 1, 1, 1, 1));
  }

  @Test
  void patchesThatDoNotFillTheGrid() {
    assertRefused("patches", () -> frame(2, 3, 4, 23, 1, 1, 1, 1));
  }

  @Test
  void aGridThatIsTooLarge() {
    assertRefused("rows*columns ", () -> frame(256, 256, 1, 65_536, 1, 1, 1, 1));
    assertRefused("channels ", () -> frame(1, 1, 257, 257, 1, 1, 1, 1));
    assertRefused("rows*columns*channels", () -> frame(32, 32, 129, 32 * 32 * 129, 1, 1, 1, 1));
  }

  @Test
  void anEmptyPooledVector() {
    assertRefused("pooled", () -> frame(1, 1, 1, 1, 0, 1, 1, 1));
  }

  @Test
  void anEmptyLumaPlane() {
    assertRefused("luma", () -> frame(1, 1, 1, 1, 1, 1, 1, 0));
    assertRefused("lumaWidth", () -> frame(1, 1, 1, 1, 1, 0, 1, 0));
  }

  @Test
  void aLumaPlaneThatIsTooLarge() {
    assertRefused("lumaWidth*lumaHeight", () -> frame(1, 1, 1, 1, 1, 257, 160, 257 * 160));
  }

  @Test
  void aPictureWithoutSize() {
    assertRefused(
        "pictureWidth",
        () ->
            new Observation(
                STAMP, "s", 0, 1, 1, 1, 1, new byte[1], new byte[1], 1, 1, new byte[1], false));
  }

  @Test
  void aSpaceWithoutName() {
    assertRefused(
        "space",
        () ->
            new Observation(
                STAMP, "", 1, 1, 1, 1, 1, new byte[1], new byte[1], 1, 1, new byte[1], false));
  }

  @Test
  void noFrameIntervalBeforeAFrameOrTooMany() {
    Observation frame = frame(1, 1, 1, 1, 1, 1, 1, 1);
    assertRefused("intervals", () -> frame.after(0));
    assertRefused("intervals", () -> frame.after(Observation.MAX_INTERVALS + 1));
  }

  @Test
  void settingsNameWhatIsWrong() {
    assertRefused("warmUp.millis", () -> new DetectorSettings.WarmUp(0, 2, 0));
    assertRefused(
        "alarm.falseAlarmsPerDay",
        () -> DetectorSettings.defaults().withFalseAlarmsPerDay(Double.NaN));
  }

  @Property(tries = 60, seed = "42")
  void aTinyFrameOfAnyShapeAndAnyCaptureTimeHasAVerdict(
      @ForAll @IntRange(min = 1, max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 5) int columns,
      @ForAll @IntRange(min = 1, max = 3) int side,
      @ForAll List<Long> times) {
    CameraDetector detector = CameraDetector.create("tiny", DetectorSettings.defaults());
    long seq = 0;
    for (long time : times) {
      Verdict verdict =
          detector.observe(
              new Observation(
                  new FrameStamp(time, 0, seq++, 0, 0),
                  "s",
                  1,
                  1,
                  rows,
                  columns,
                  2,
                  new byte[rows * columns * 2],
                  new byte[3],
                  side,
                  1,
                  new byte[side],
                  false));
      assertThat(verdict.score()).isZero();
      assertThat(verdict.warmUpProgress()).isBetween(0.0, 1.0);
    }
    assertThat(detector.snapshot().length).isLessThan(4 << 20);
  }
}
