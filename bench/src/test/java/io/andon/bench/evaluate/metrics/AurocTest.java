package io.andon.bench.evaluate.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AurocTest {
  private static final boolean[] TWO_OF_FOUR = {true, true, false, false};

  @Test
  void isTheShareOfPairsInWhichTheAnomalousOneIsHigher() {
    assertThat(Auroc.of(new double[] {4, 2, 3, 1}, TWO_OF_FOUR)).isEqualTo(0.75);
    assertThat(Auroc.of(new double[] {4, 3, 2, 1}, TWO_OF_FOUR)).isEqualTo(1);
    assertThat(Auroc.of(new double[] {1, 2, 3, 4}, TWO_OF_FOUR)).isEqualTo(0);
  }

  @Test
  void tiesCountHalf() {
    assertThat(Auroc.of(new double[] {1, 1, 1, 1}, TWO_OF_FOUR)).isEqualTo(0.5);
    // Pairs: 2>1, 2=2, 3>1, 3>2.
    assertThat(Auroc.of(new double[] {2, 3, 1, 2}, TWO_OF_FOUR)).isEqualTo(3.5 / 4);
  }

  @Test
  void withOneClassThereIsNone() {
    assertThat(Auroc.of(new double[] {1, 2}, new boolean[] {true, true})).isNaN();
  }

  @Test
  void deLongsErrorIsThatOfTheFormula() {
    // Placements of the anomalous {4, 2}: 1 and 1/2, variance 1/8. Of the normal {3, 1}: 1/2 and 1.
    double error = Auroc.standardError(new double[] {4, 2, 3, 1}, TWO_OF_FOUR);
    assertThat(error).isCloseTo(Math.sqrt(0.125 / 2 + 0.125 / 2), within(1e-12));
  }

  @Test
  void deLongsErrorCountsTiesHalf() {
    // Placements of the anomalous {2, 3}: 3/4 and 1. Of the normal {1, 2}: 1 and 3/4.
    double error = Auroc.standardError(new double[] {2, 3, 1, 2}, TWO_OF_FOUR);
    assertThat(error).isCloseTo(Math.sqrt(2 * 0.03125 / 2), within(1e-12));
  }

  @Test
  void clipsAreDrawnWholeSoAnErrorBetweenClipsShows() {
    // Clip 0 is told apart, clip 1 the wrong way round: 200 frames, but two clips.
    int frames = 200;
    double[] scores = new double[frames];
    boolean[] anomalous = new boolean[frames];
    int[] clip = new int[frames];
    for (int i = 0; i < frames; i++) {
      clip[i] = i / 100;
      anomalous[i] = i % 2 == 0;
      scores[i] = anomalous[i] == (clip[i] == 0) ? 1 : 0;
    }
    // Draws: both clip 0 (1.0), both clip 1 (0.0), one each (0.5); variance 1/8.
    assertThat(ClipBootstrap.standardError(scores, anomalous, clip, 2, 1))
        .isCloseTo(Math.sqrt(0.125), within(0.02));
    assertThat(Auroc.standardError(scores, anomalous)).isLessThan(0.05);
  }
}
