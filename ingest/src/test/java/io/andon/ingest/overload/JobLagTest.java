package io.andon.ingest.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class JobLagTest {
  private final JobLag lag = new JobLag(10_000, 2_000);

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
  void aSingleCameraThatIsNotScoredWhileAllOthersAreInTimeIsGivenUpSoon() {
    sentAndScored("a", 50);
    sentAndScored("b", 50);
    sentAndScored("broken", 50);
    lag.sent("broken", 1, 1, 2_000);
    sentAndScoredAt("a", 6_900);
    sentAndScoredAt("b", 6_950);
    assertThat(lag.millis(7_000)).as("half the high lag").isEqualTo(5_000);

    assertThat(lag.millis(7_001)).isEqualTo(40);
    assertThat(lag.waitingFrames(7_001)).isZero();

    lag.sent("a", 1, 90, 8_000);
    lag.sent("b", 1, 90, 8_000);
    assertThat(lag.millis(16_000)).as("of the others, however late they are").isEqualTo(8_000);
    lag.forgetWaiting(17_000);
    assertThat(lag.millis(17_000)).as("it is not told anew").isZero();

    lag.scored("broken", 1, 1, 17_100);
    assertThat(lag.millis(17_100)).as("it counts again with its next score").isEqualTo(15_100);
  }

  @Test
  void aCameraIsNotGivenUpSoonBesideAnotherThatIsLateOrNobodyWhoIsScored() {
    sentAndScored("a", 50);
    sentAndScored("b", 50);
    lag.sent("b", 1, 1, 2_000);
    assertThat(lag.millis(9_000)).as("nobody is scored").isEqualTo(7_000);

    lag.sent("a", 1, 1, 9_000);
    assertThat(lag.millis(11_100)).as("the other is late, too").isEqualTo(9_100);
    lag.scored("a", 1, 1, 11_200);
    assertThat(lag.millis(11_300)).as("and was").isEqualTo(9_300);
  }

  @Test
  void aCameraThatIsScoredSlowlyIsNotGivenUpSoon() {
    sentAndScored("a", 50);
    sentAndScored("slow", 50);
    for (int seq = 1; seq < 9; seq++) {
      lag.sent("slow", 1, seq, 2_000 + seq);
    }
    lag.scored("slow", 1, 1, 6_000);
    lag.sent("slow", 1, 9, 6_000);
    lag.scored("slow", 1, 4, 10_000);
    sentAndScoredAt("a", 12_500);

    assertThat(lag.millis(12_600)).isEqualTo(6_600);
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

  @Test
  void framesWaitFromSendingUntilTheyOrLaterOnesAreScored() {
    for (int seq = 0; seq < 10; seq++) {
      lag.sent("a", 1, seq, 1_000);
    }
    assertThat(lag.waitingFrames(1_000)).as("of a camera that was never scored").isZero();

    lag.scored("a", 1, 3, 1_100); // frames 0 to 2 could not be decoded
    assertThat(lag.waitingFrames(1_100)).isEqualTo(6);

    lag.scored("a", 1, 1, 1_200); // delivered again
    assertThat(lag.waitingFrames(1_200)).isEqualTo(6);
  }

  @Test
  void allCamerasAreTakenForAsLateAsTheLatest() {
    for (int seq = 0; seq < 30; seq++) {
      lag.sent("fast", 1, seq, 1_000);
      if (seq % 3 == 0) {
        lag.sent("slow", 1, seq / 3, 1_000);
      }
    }
    lag.scored("fast", 1, 29, 1_100);
    lag.scored("slow", 1, 4, 1_100);

    assertThat(lag.waitingFrames(1_100))
        .as("half a second of both, 30 and 10 frames a second")
        .isCloseTo(20, within(1e-9));
  }

  @Test
  void framesOfAnEarlierPlayWaitUntilThoseOfTheNextAreScored() {
    lag.sent("a", 1, 0, 1_000);
    lag.scored("a", 1, 0, 1_000);
    lag.sent("a", 1, 1, 1_100);
    lag.sent("a", 1, 2, 1_200);
    lag.sent("a", 2, 0, 1_300);
    assertThat(lag.waitingFrames(1_300)).isEqualTo(3);

    lag.scored("a", 1, 1, 1_400);
    assertThat(lag.waitingFrames(1_400)).isEqualTo(2);

    lag.scored("a", 2, 0, 1_500);
    assertThat(lag.waitingFrames(1_500)).isZero();
  }

  @Test
  void framesOfACameraThatIsGivenUpDoNotWait() {
    sentAndScored("broken", 50);
    lag.sent("broken", 1, 1, 2_000);
    long later = 2_001 + JobLag.GIVEN_UP_MILLIS;
    lag.sent("a", 1, 0, later);
    assertThat(lag.waitingFrames(later)).isPositive();

    lag.scored("a", 1, 0, later);

    assertThat(lag.waitingFrames(later)).isZero();
  }

  @Test
  void aFrameThatKafkaDidNotTakeIsNotWaitedFor() {
    sentAndScored("a", 50);
    lag.sent("a", 1, 1, 2_000);
    lag.sent("a", 1, 2, 2_100);
    assertThat(lag.millis(12_000)).isEqualTo(10_000);

    lag.lost("a", 1, 1);
    lag.lost("a", 1, 2);

    assertThat(lag.waitingFrames(12_000)).isZero();
    lag.sent("a", 1, 3, 12_000);
    assertThat(lag.waitingFrames(12_000)).isPositive();
    assertThat(lag.millis(12_020)).as("what was known before").isEqualTo(50);
    lag.scored("a", 1, 3, 12_080);
    assertThat(lag.millis(12_100)).isEqualTo(80);
    assertThat(lag.waitingFrames(12_100)).isZero();
  }

  @Test
  void ofTheFramesThatWereLostOnlyThoseBehindTheLastScoreDoNotWait() {
    sentAndScored("a", 50);
    for (int seq = 0; seq < 10; seq++) {
      lag.sent("a", 2, seq, 2_000 + seq);
    }
    lag.lost("a", 2, 1);
    lag.lost("a", 2, 3);
    lag.lost("a", 2, 5);

    lag.scored("a", 2, 4, 3_000);

    assertThat(lag.waitingFrames(3_000)).as("6, 7, 8 and 9").isEqualTo(4);
  }

  @Test
  void aFrameThatWasLostEndsNoProbeOfALaterOne() {
    sentAndScored("a", 50);
    lag.sent("a", 2, 0, 2_000);
    lag.lost("a", 1, 9);
    lag.sent("a", 2, 1, 2_100);

    assertThat(lag.millis(3_000)).as("since the first of play 2").isEqualTo(1_000);

    lag.lost("a", 2, 0);
    lag.sent("a", 2, 2, 3_000);
    lag.lost("a", 2, 1);
    assertThat(lag.millis(4_000)).as("since the next one sent").isEqualTo(1_000);
  }

  @Test
  void timeInWhichScoresCouldNotBeReadIsNoLag() {
    sentAndScored("a", 50);
    lag.sent("a", 1, 1, 2_000);
    lag.forgetWaiting(50_000);
    assertThat(lag.millis(50_000)).isZero();

    lag.sent("a", 1, 2, 50_100);
    assertThat(lag.millis(50_120)).as("what was known before").isEqualTo(50);
    lag.scored("a", 1, 2, 50_180);
    assertThat(lag.millis(50_200)).isEqualTo(80);
    assertThat(lag.waitingFrames(50_200)).isZero();
  }

  @Test
  void aCameraThatWasGivenUpStaysSoWhenScoresCanBeReadAgain() {
    sentAndScored("broken", 50);
    lag.sent("broken", 1, 1, 2_000);
    long later = 2_001 + JobLag.GIVEN_UP_MILLIS;
    lag.forgetWaiting(later);
    lag.sent("broken", 1, 2, later);
    lag.sent("a", 1, 0, later);
    lag.scored("a", 1, 0, later + 40);

    assertThat(lag.millis(later + 9_000)).isEqualTo(40);
  }

  private void sentAndScoredAt(String camera, long scoredMillis) {
    lag.sent(camera, 1, 1, scoredMillis - 40);
    lag.scored(camera, 1, 1, scoredMillis);
  }

  private void sentAndScored(String camera, long lagMillis) {
    lag.sent(camera, 1, 0, 1_000);
    lag.scored(camera, 1, 0, 1_000 + lagMillis);
  }
}
