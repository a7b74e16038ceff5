package io.andon.ingest.overload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobLagTest {
  private final JobLag lag = new JobLag();

  @Test
  void isTheTimeFromSendingToTheScore() {
    lag.sent("a", 1, 0, 1_000);
    lag.scored("a", 1, 0, 1_080);

    assertThat(lag.millis(1_100)).isEqualTo(80);
  }

  @Test
  void growsWhileTheScoreDoesNotCome() {
    lag.sent("a", 1, 0, 1_000);
    lag.scored("a", 1, 0, 1_080);
    lag.sent("a", 1, 1, 2_000);
    lag.sent("a", 1, 2, 2_100);

    assertThat(lag.millis(7_000)).isEqualTo(5_000);

    lag.scored("a", 1, 0, 7_050); // of an earlier frame, delivered again
    assertThat(lag.millis(7_100)).isEqualTo(5_100);
  }

  @Test
  void aScoreOfALaterFrameOrPlayEndsTheProbeToo() {
    lag.sent("a", 1, 0, 1_000);
    lag.scored("a", 1, 5, 1_500);
    assertThat(lag.millis(1_600)).isEqualTo(500);

    lag.sent("a", 1, 9, 2_000);
    lag.scored("a", 2, 0, 2_300);
    assertThat(lag.millis(2_400)).isEqualTo(300);
  }

  @Test
  void ofACameraThatWasNeverScoredIsNotKnown() {
    lag.sent("a", 1, 0, 1_000);

    assertThat(lag.millis(90_000)).isZero();
  }

  @Test
  void isThatOfTheCameraThatLagsMost() {
    sentAndScored("a", 50);
    sentAndScored("b", 700);

    assertThat(lag.millis(2_000)).isEqualTo(700);
  }

  @Test
  void aCameraWhosePicturesAreUnusableStopsCountingWhileOthersAreScored() {
    sentAndScored("a", 50);
    sentAndScored("broken", 50);
    lag.sent("broken", 1, 1, 2_000);
    long later = 2_000 + JobLag.GIVEN_UP_MILLIS + 1;
    assertThat(lag.millis(later)).as("nobody is scored").isGreaterThan(JobLag.GIVEN_UP_MILLIS);

    lag.sent("a", 1, 1, later - 40);
    lag.scored("a", 1, 1, later);

    assertThat(lag.millis(later)).isEqualTo(40);
  }

  @Test
  void aCameraThatSendsNothingMoreStopsCounting() {
    sentAndScored("a", 9_000);

    assertThat(lag.millis(11_000)).isEqualTo(9_000);
    assertThat(lag.millis(30_000)).isZero();
  }

  @Test
  void scoresOfFramesSentByAnotherProcessTellNothing() {
    lag.scored("a", 1, 0, 1_000);

    assertThat(lag.millis(1_000)).isZero();
  }

  private void sentAndScored(String camera, long lagMillis) {
    lag.sent(camera, 1, 0, 1_000);
    lag.scored(camera, 1, 0, 1_000 + lagMillis);
  }
}
