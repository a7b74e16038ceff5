package io.andon.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRateLimitTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 7 * SECOND;

  /** Pictures that pass while the camera's interval is not known yet. */
  private static final int LEARNING = 3;

  private final Random random = new Random(4711);

  @ParameterizedTest(name = "{0} frames/s of which {1} may pass, jitter {2}")
  @CsvSource({
    "25, 10, 0", "25, 10, 0.2", "30, 10, 0", "30, 10, 0.2", "20, 10, 0.2", "29.97, 10, 0.1",
    "12, 10, 0", "12, 10, 0.2", "10.1, 10, 0.1", "60, 30, 0.2", "25, 24, 0.1", "100, 1, 0.2"
  })
  void ofAFasterCameraTheFullRatePassesInStepsThatAreAsEvenAsItsPicturesAllow(
      double cameraFps, int fps, double jitter) {
    List<Long> passed = passed(new FrameRateLimit(fps), pictures(cameraFps, jitter, 60));

    assertThat(passed.size()).isBetween(60 * fps - 1, 60 * fps + LEARNING);
    double step = SECOND / (double) fps;
    double off = (1 + 2 * jitter) * SECOND / cameraFps;
    assertThat(steps(passed).subList(LEARNING, passed.size() - 1))
        .allSatisfy(nanos -> assertThat((double) nanos).isCloseTo(step, within(off)));
    assertThat(mostInASecond(passed)).isLessThanOrEqualTo(fps + 2);
  }

  @ParameterizedTest(name = "{0} frames/s, in time with every step")
  @ValueSource(ints = {20, 30, 40, 50, 100})
  void jitterDoesNotMakeStepsOfAWholeNumberOfIntervalsUneven(int cameraFps) {
    double jitter = 0.2;
    List<Long> passed = passed(new FrameRateLimit(10), pictures(cameraFps, jitter, 60));

    double off = 2 * jitter * SECOND / cameraFps;
    assertThat(steps(passed).subList(LEARNING, passed.size() - 1))
        .hasSizeGreaterThan(590)
        .allSatisfy(nanos -> assertThat((double) nanos).isCloseTo(SECOND / 10.0, within(off)));
  }

  @ParameterizedTest(name = "{0} frames/s of which {1} may pass, jitter {2}")
  @CsvSource({
    "10, 10, 0",
    "10, 10, 0.2",
    "10, 10, 0.45",
    "30, 30, 0.45",
    "29.97, 30, 0.2",
    "8, 10, 0.45",
    "1, 60, 0.45",
    "60, 60, 0.2"
  })
  void aCameraThatIsNotFasterLosesNoPictureHoweverUnsteadyItIs(
      double cameraFps, int fps, double jitter) {
    List<Long> pictures = pictures(cameraFps, jitter, 60);

    assertThat(passed(new FrameRateLimit(fps), pictures)).isEqualTo(pictures);
  }

  @ParameterizedTest(name = "{0} frames/s of which {1} may pass, jitter {2}")
  @CsvSource({
    "10.0005, 10, 0",
    "10.005, 10, 0.2",
    "30.003, 30, 0.2",
    "30.02, 30, 0",
    "60.01, 60, 0.1",
    "1.0005, 1, 0.2"
  })
  void aCameraOfTheSameRateWhoseClockIsFastLosesNoneForHours(
      double cameraFps, int fps, double jitter) {
    List<Long> pictures = pictures(cameraFps, jitter, 3 * 3_600);

    assertThat(passed(new FrameRateLimit(fps), pictures)).isEqualTo(pictures);
  }

  @Test
  void aSlowNightGivesTheDayNoMoreThanItsRate() {
    FrameRateLimit limit = new FrameRateLimit(10);
    List<Long> night = pictures(8, 0.1, 3_600);
    List<Long> day = shifted(pictures(25, 0.1, 60), 3_600 * SECOND);

    assertThat(passed(limit, night)).isEqualTo(night);
    List<Long> passed = passed(limit, day);

    assertThat(passed).hasSizeBetween(600, 600 + LEARNING);
    assertThat(mostInASecond(passed)).isLessThanOrEqualTo(10 + LEARNING);
  }

  @Test
  void whatAPauseMissedIsNotCaughtUp() {
    FrameRateLimit limit = new FrameRateLimit(10);
    passed(limit, pictures(25, 0, 10));
    List<Long> later = shifted(pictures(25, 0, 10), 60 * SECOND);

    assertThat(passed(limit, later)).hasSizeBetween(100, 101);
  }

  @Test
  void aTimeThatJumpsBackBeginsAnew() {
    FrameRateLimit limit = new FrameRateLimit(10);
    passed(limit, shifted(pictures(25, 0, 10), 3_600 * SECOND));
    List<Long> back = pictures(25, 0, 10);

    List<Long> passed = passed(limit, back);

    assertThat(passed.get(0)).as("the first one behind the jump").isEqualTo(START);
    assertThat(passed).hasSizeBetween(100, 101);
  }

  @Test
  void aTimeThatStepsBackALittleIsNoReasonToLetMorePass() {
    FrameRateLimit limit = new FrameRateLimit(10);
    List<Long> swapped = new ArrayList<>();
    List<Long> pictures = pictures(50, 0, 10);
    for (int i = 0; i < pictures.size(); i += 2) {
      swapped.add(pictures.get(i + 1));
      swapped.add(pictures.get(i));
    }

    assertThat(passed(limit, swapped)).hasSizeBetween(100, 100 + LEARNING);
  }

  @Test
  void aPictureWithoutATimePassesAndThoseBehindItAreLimited() {
    FrameRateLimit limit = new FrameRateLimit(10);
    passed(limit, pictures(25, 0, 1));

    assertThat(limit.passes(-1)).isTrue();
    assertThat(passed(limit, pictures(25, 0, 10))).hasSizeBetween(100, 101);
  }

  /**
   * Times of a camera's pictures in their order.
   *
   * @param jitter most that a picture is early or late, as a part of the interval
   */
  private List<Long> pictures(double fps, double jitter, int seconds) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < Math.round(fps * seconds); i++) {
      double off = jitter == 0 ? 0 : random.nextDouble(-jitter, jitter);
      times.add(START + Math.round((i + off) * SECOND / fps));
    }
    return times;
  }

  private static List<Long> shifted(List<Long> times, long nanos) {
    return times.stream().map(time -> time + nanos).toList();
  }

  private static List<Long> passed(FrameRateLimit limit, List<Long> times) {
    return times.stream().filter(limit::passes).toList();
  }

  private static List<Long> steps(List<Long> times) {
    List<Long> steps = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      steps.add(times.get(i) - times.get(i - 1));
    }
    return steps;
  }

  private static long mostInASecond(List<Long> times) {
    return times.stream()
        .mapToLong(
            from -> times.stream().filter(time -> time >= from && time < from + SECOND).count())
        .max()
        .orElse(0);
  }
}
