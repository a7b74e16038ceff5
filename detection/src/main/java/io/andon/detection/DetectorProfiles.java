package io.andon.detection;

import io.andon.detection.DetectorSettings.Activity;
import io.andon.detection.DetectorSettings.Alarm;
import io.andon.detection.DetectorSettings.Calibration;
import io.andon.detection.DetectorSettings.Cycle;
import io.andon.detection.DetectorSettings.Faults;
import io.andon.detection.DetectorSettings.Memory;
import io.andon.detection.DetectorSettings.SceneChange;
import io.andon.detection.DetectorSettings.Undo;
import io.andon.detection.DetectorSettings.WarmUp;

/** The values of the settings, by what they are for. */
final class DetectorProfiles {
  private DetectorProfiles() {}

  static DetectorSettings defaults() {
    return new DetectorSettings(
        new WarmUp(45_000, 200, 15_000),
        new Memory(16, 64, 500, 200, 10_000, 2_000, 1 << 20, 1 << 19, 0.95, 5, 24),
        new Activity(4, 6, 1_000, 4_000, 2_000, 0.25, 240),
        new Calibration(400, 2_000, 300, 30, 5_000, 0.1, 1.0, 1.0, 0.25),
        new Alarm(2.0, 0.75, 0.8, 500, 3.0, 0.7, 2_000, 500, 10_000),
        new Faults(12, 243, 5.0, 0.3, 1_000, 5_000),
        new SceneChange(0.6, 60_000),
        new Undo(1_200_000, 4),
        new Cycle(true, 500, 120_000, 0.5, 6, 0.1),
        false);
  }

  static DetectorSettings quality() {
    return defaults()
        .withMemory(new Memory(32, 128, 250, 100, 10_000, 2_000, 1 << 21, 1 << 20, 0.95, 5, 48));
  }

  static DetectorSettings stills(int pictures) {
    DetectorSettings usual = defaults();
    return new DetectorSettings(
        new WarmUp(1, pictures, 0),
        new Memory(
            32, 1_024, 0, 0, 0, 0, 1 << 20, 1 << 19, 1, 3, Math.max(2, Math.min(64, pictures))),
        usual.activity(),
        new Calibration(0, 100, 400, 120, 0, 0.1, 1.0, 1.0, 0.25),
        usual.alarm(),
        new Faults(0, 255, 0, 0, 600_000, 86_400_000),
        new SceneChange(1, 0),
        new Undo(usual.undo().intervalMillis(), 0),
        usual.cycle().withEnabled(false),
        true);
  }
}
