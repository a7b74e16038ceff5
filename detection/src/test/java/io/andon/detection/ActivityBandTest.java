package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Movement is told whatever the camera's rate. */
class ActivityBandTest {
  @ParameterizedTest(name = "{0} frames/s, a long window of {1} ms")
  @CsvSource({"10, 4000", "25, 4000", "50, 4000", "60, 4000", "10, 60000", "60, 60000"})
  void movementIsToldAtAnyRateAndOverAnyWindow(int fps, int longMillis) {
    ActivityBand band =
        new ActivityBand(new DetectorSettings.Activity(1, 1, 1_000, longMillis, 2_000, 0.25, 240));
    long now = 0;
    for (int frame = 0; frame < fps * longMillis / 1_000; frame++) {
      now = frame * 1_000_000L / fps;
      band.add(now, new double[] {frame % 2 == 0 ? 1 : 3});
    }
    double[] features = band.features(now);
    assertThat(features).hasSize(2);
    assertThat(features[1]).isBetween(StrictMath.log(1), StrictMath.log(3.25));

    for (int frame = 0; frame < fps * 2; frame++) {
      now += 1_000_000L / fps;
      band.add(now, new double[] {0});
    }
    assertThat(band.features(now)[0]).as("a stop").isEqualTo(StrictMath.log(0.25));
  }

  @ParameterizedTest(name = "{0} to {1} grey levels falls to {2}: {3}")
  @CsvSource({
    "0.3, 0.5, 0.1, false", // a codec that spends its bits elsewhere
    "0.4, 0.6, 0.2, false", // a sensor whose gain goes down
    "0.9, 1.1, 0.1, true", // a slow belt stops
    "4.0, 6.0, 1.5, true", // a fast one gets slow
    "4.0, 6.0, 0.1, true",
  })
  void aFallIsToldOnlyWhereMoreThanFlickerFellAway(
      double least, double most, double now, boolean told) {
    ActivityBand band =
        new ActivityBand(new DetectorSettings.Activity(1, 1, 1_000, 4_000, 2_000, 0.25, 240));
    Random movement = new Random(7);
    long at = 0;
    for (int frame = 0; frame < 1_200; frame++, at += 100_000) {
      band.add(at, new double[] {least + (most - least) * movement.nextDouble()});
      double[] normal = band.features(at);
      if (frame % 5 == 0 && normal.length > 0) {
        band.learn(normal, 1);
      }
    }
    for (int frame = 0; frame < 50; frame++, at += 100_000) {
      band.add(at, new double[] {now});
    }

    double excess = band.excess(band.features(at - 100_000))[0];

    double aWidth = ActivityBand.strangeness(1);
    assertThat(excess > 2 * aWidth).as("%s", excess).isEqualTo(told);
    assertThat(excess > aWidth).as("%s", excess).isEqualTo(told);
  }

  @ParameterizedTest(name = "a frame each {0} ms")
  @ValueSource(ints = {999, 1_000, 1_001, 1_050, 1_100, 1_333, 1_400, 1_600, 1_900})
  void movementIsToldOfSlowCamerasToo(int intervalMillis) {
    DetectorSettings.Activity activity = DetectorSettings.defaults().activity();
    ActivityBand band = new ActivityBand(activity);
    double[] energy = new double[activity.rows() * activity.columns()];
    Random jitter = new Random(7);
    for (int frame = 0; frame < 200; frame++) {
      long now = 1_000L * frame * intervalMillis + jitter.nextInt(4_000);
      band.add(now, energy);
      if (frame * intervalMillis > 5_000) {
        assertThat(band.features(now)).as("frame %d", frame).isNotEmpty();
      }
    }
  }
}
