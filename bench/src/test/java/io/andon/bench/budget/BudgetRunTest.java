package io.andon.bench.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The budget's proof in small: what it counts, and that a short run keeps its budget. */
class BudgetRunTest {
  private static final double[] HOURLY = {24};

  @Test
  void theBoundIsTheExactOneOfPoissonCounts() {
    assertThat(PoissonBound.upper95(0)).isCloseTo(2.996, within(0.001));
    assertThat(PoissonBound.upper95(1)).isCloseTo(4.744, within(0.001));
    assertThat(PoissonBound.upper95(10)).isCloseTo(16.962, within(0.001));
    assertThat(PoissonBound.upper95(80)).isCloseTo(96.35, within(0.05));
  }

  @Test
  void aShortRunKeepsItsBudgetAndFindsWhatIsVisible() throws Exception {
    BudgetRun run = BudgetRun.of(1, 4, 4, HOURLY, 2);
    BudgetRow row = run.rows().get(0);
    assertThat(row.cameraHours()).isEqualTo(16);
    assertThat(row.upper95PerDay())
        .as("false alarms %s", row.falseAlarms())
        .isLessThanOrEqualTo(24);
    assertThat(row.visible()).as("it was shown something").isPositive();
    assertThat(row.recall()).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void theSameSeedGivesTheSameFramesAndAnotherOneOthers() {
    SimulatedStation one = new SimulatedStation(StationPlan.draw(7, 1));
    SimulatedStation same = new SimulatedStation(StationPlan.draw(7, 1));
    SimulatedStation other = new SimulatedStation(StationPlan.draw(8, 1));
    for (int i = 0; i < 1_000; i++) {
      byte[] patches = one.next().patches();
      assertThat(same.next().patches()).isEqualTo(patches);
      assertThat(Arrays.equals(other.next().patches(), patches)).isFalse();
    }
  }
}
