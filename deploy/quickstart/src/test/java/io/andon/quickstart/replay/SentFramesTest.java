package io.andon.quickstart.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which frames of a simulated line a job gets that lags. */
class SentFramesTest {
  private static final long START_MICROS = 1_700_000_000_000_000L;
  private static final int FPS = 10;

  private static List<Integer> intervals(String share, int seconds, String camera) {
    SentFrames sent = new SentFrames(ShareCourse.parse(share), START_MICROS);
    List<Integer> intervals = new ArrayList<>();
    for (int i = 0; i < seconds * FPS; i++) {
      intervals.add(sent.intervals(camera, START_MICROS + i * 1_000_000L / FPS));
    }
    return intervals;
  }

  @Test
  void atTheFullShareEveryFrameIsSentRightAfterTheOneBeforeIt() {
    assertThat(intervals("1", 5, "press")).containsOnly(1).hasSize(50);
  }

  @Test
  void whatIsLeftOutIsToldByTheFrameAfterIt() {
    List<Integer> intervals = intervals("0.7", 100, "press");

    assertThat(intervals).containsOnly(0, 1, 2);
    long sent = intervals.stream().filter(i -> i > 0).count();
    assertThat(sent).isBetween(699L, 701L);
    int told = intervals.stream().mapToInt(i -> i).sum();
    assertThat(told).as("all frames but those behind the last one sent").isBetween(998, 1_000);
  }

  @Test
  void camerasAreThinnedEachByItself() {
    SentFrames sent = new SentFrames(ShareCourse.parse("0.5"), START_MICROS);
    for (String camera : List.of("press", "conveyor")) {
      assertThat(sent.intervals(camera, START_MICROS)).isZero();
      assertThat(sent.intervals(camera, START_MICROS + 100_000)).isEqualTo(2);
    }
  }

  @Test
  void aShareGoesDownAndUpByATwentiethASecond() {
    ShareCourse course = ShareCourse.parse("0.9:3/0.4-0.6");

    List<Double> shares = new ArrayList<>();
    for (int second = 0; second < 13; second++) {
      shares.add(course.at(second));
    }
    double[] expected = {0.9, 0.9, 0.9, 0.6, 0.55, 0.5, 0.45, 0.4, 0.45, 0.5, 0.55, 0.6, 0.55};
    for (int second = 0; second < expected.length; second++) {
      assertThat(shares.get(second))
          .as("second %d", second)
          .isCloseTo(expected[second], within(1e-9));
    }
  }

  @Test
  void aShareGoesNoLowerThanItsLowest() {
    ShareCourse course = ShareCourse.parse("0.37-1");

    double lowest = 1;
    for (int second = 0; second < 60; second++) {
      lowest = Math.min(lowest, course.at(second));
    }
    assertThat(lowest).isEqualTo(0.37);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.5:3",
        "0.5/0.7",
        "0.5:3/0.4:5",
        "",
        "0",
        "1.1",
        "0.9-0.4",
        "0.5:",
        "1..2",
        "x",
        "1:60/",
        "-0.5"
      })
  void aShareThatIsNoneIsRefused(String share) {
    assertThatThrownBy(() -> ShareCourse.parse(share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("share is '" + share + "', allowed are ");
  }
}
