package io.andon.detection;

import static io.andon.detection.SyntheticLine.FPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.andon.detection.SyntheticLine.Anomaly;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes wrong during a warm-up is hardly learnt, and a clean one loses nothing. */
class ContaminatedWarmUpTest {
  private static final DetectorSettings SETTINGS = DetectorSettings.defaults();

  private interface Contamination {
    /** Number of the foreign object that a warm-up's second shows, or -1. */
    int objectIn(int second);
  }

  /** Area under the ROC curve of appearance over frames with and without these objects. */
  private static double auroc(long seed, int objects, Contamination contamination) {
    SyntheticLine line = new SyntheticLine(seed, 6, 14, 8).steady();
    CameraDetector detector = CameraDetector.create("line-1", SETTINGS);
    for (int frame = 0; !detector.isWarm(); frame++) {
      assertThat(frame).isLessThan(2_000);
      int object = contamination.objectIn(frame / FPS);
      line.foreignObject(seed * 100 + Math.max(0, object));
      detector.observe(line.next(object < 0 ? Anomaly.NONE : Anomaly.FOREIGN_OBJECT));
    }
    detector.accept(new Command.Freeze("hold", 0, true));
    List<Double> normal = new ArrayList<>();
    List<Double> strange = new ArrayList<>();
    for (int frame = 0; frame < 2 * objects * 4 * FPS; frame++) {
      boolean shown = frame / (4 * FPS) % 2 == 1;
      line.foreignObject(seed * 100 + frame / (8 * FPS));
      detector.observe(line.next(shown ? Anomaly.FOREIGN_OBJECT : Anomaly.NONE));
      if (frame % (4 * FPS) >= FPS) {
        (shown ? strange : normal).add(detector.lastScores().appearance().raw());
      }
    }
    double above = 0;
    for (double one : strange) {
      for (double other : normal) {
        above += one > other ? 1 : one == other ? 0.5 : 0;
      }
    }
    return above / strange.size() / normal.size();
  }

  @Test
  void manyDifferentAnomaliesCostLittle() {
    double[] allowed = {0.02, 0.03, 0.06};
    int[] everySeconds = {20, 10, 5};
    for (int i = 0; i < allowed.length; i++) {
      int every = everySeconds[i];
      double clean = auroc(3, 9, second -> -1);
      double dirty = auroc(3, 9, second -> second % every == every - 1 ? second / every : -1);
      assertThat(dirty).as("%d %%", 100 / every).isGreaterThan(clean - allowed[i]);
    }
  }

  @Test
  void oneAnomalyThatStaysForAPartOfTheWarmUpCostsLittle() {
    double[] allowed = {0.02, 0.03, 0.06};
    int[] seconds = {2, 4, 9};
    for (int i = 0; i < allowed.length; i++) {
      int lasting = seconds[i];
      double clean = auroc(4, 1, second -> -1);
      double dirty = auroc(4, 1, second -> second >= 20 && second < 20 + lasting ? 0 : -1);
      assertThat(dirty).as("%d s of 45", lasting).isGreaterThan(clean - allowed[i]);
    }
  }

  @Test
  void whatComesAgainAfterAWhileIsNormal() {
    double recurring = auroc(5, 1, second -> second % 12 == 11 ? 0 : -1);
    assertThat(recurring).as("it is told from the normal no more").isLessThan(0.7);
  }
}
