package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementTest {
  private static final int[] OF_THE_WHOLE_PICTURE = {Channels.ACTIVITY, Channels.SCENE};

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.5, 70})
  void fromItsLevelOnEveryChannelCountsInFull(double score) {
    for (int channel = 0; channel < Channels.COUNT; channel++) {
      assertThat(Judgement.weighed(channel, score)).isEqualTo(score);
    }
  }

  @Test
  void belowItsLevelWhatIsSaidOfTheWholePictureCountsLessThanWhatCellsSay() {
    for (double score = 0.05; score < 1; score += 0.05) {
      for (int channel : OF_THE_WHOLE_PICTURE) {
        assertThat(Judgement.weighed(channel, score)).isPositive().isLessThan(score);
      }
      assertThat(Judgement.weighed(Channels.ACTIVITY, score))
          .isLessThan(Judgement.weighed(Channels.SCENE, score));
      assertThat(Judgement.weighed(Channels.APPEARANCE, score)).isEqualTo(score);
      assertThat(Judgement.weighed(Channels.MOTION, score)).isEqualTo(score);
      assertThat(Judgement.weighed(Channels.CYCLE, score)).isEqualTo(score);
    }
  }

  @Test
  void whatCellsAndSceneOfAStillBothFindStrangeOutdoesAsMuchThatOneAloneFinds() {
    for (double share = 0.1; share < 0.95; share += 0.1) {
      double both = Judgement.ofStill(2, 2, share);
      assertThat(both).isCloseTo(2, within(1e-12));
      assertThat(Judgement.ofStill(2 + share, 1 + share, share)).isLessThan(both);
      assertThat(Judgement.ofStill(1 + share, 2 + share, share))
          .as("more of either is more")
          .isLessThan(Judgement.ofStill(1.1 + share, 2 + share, share))
          .isLessThan(Judgement.ofStill(1 + share, 2.1 + share, share));
    }
  }

  /** So that no order of frames is lost. */
  @Test
  void aHigherScoreAlwaysCountsMore() {
    for (int channel = 0; channel < Channels.COUNT; channel++) {
      for (double score = 0; score < 2; score += 0.01) {
        assertThat(Judgement.weighed(channel, score + 0.01))
            .isGreaterThan(Judgement.weighed(channel, score));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.7, 0.8, 1, 1.5, 70})
  void nearTheLevelAFramesScoreIsWhatItHasOfTheLevel(double strength) {
    for (double place : new double[] {0, 0.01, 0.3, 5}) {
      assertThat(Judgement.blended(strength, place)).isEqualTo(strength);
    }
  }

  @Test
  void farBelowTheLevelsTheOrderOfFramesDoesNotDependOnHowFarOutTheyLie() {
    double placeOfStranger = 0.2;
    double placeOfOther = 0.05;
    // Little is known of the tail of what tells the stranger one, so its level lies far out.
    assertThat(Judgement.blended(0.2, placeOfStranger))
        .isGreaterThan(Judgement.blended(0.3, placeOfOther));
  }

  @Test
  void aFramesScoreRisesWithBothAndIsNeverAboveItsStrength() {
    for (double strength = 0; strength < 1.2; strength += 0.01) {
      for (double place = 0; place < 1.2; place += 0.05) {
        double score = Judgement.blended(strength, place);
        assertThat(score).isBetween(0.0, strength);
        assertThat(Judgement.blended(strength + 0.01, place)).isGreaterThanOrEqualTo(score);
        assertThat(Judgement.blended(strength, place + 0.05)).isGreaterThanOrEqualTo(score);
      }
    }
  }
}
