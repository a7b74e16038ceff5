package io.andon.detection;

import io.andon.detection.DetectorSettings.Calibration;
import io.andon.detection.DetectorSettings.Faults;
import io.andon.detection.DetectorSettings.Memory;
import io.andon.detection.DetectorSettings.SceneChange;
import io.andon.detection.DetectorSettings.Undo;
import io.andon.detection.DetectorSettings.WarmUp;

/** Settings for other needs than those of the defaults. */
final class DetectorProfiles {
  private DetectorProfiles() {}

  static DetectorSettings quality() {
    return DetectorSettings.defaults()
        .withMemory(new Memory(32, 128, 250, 100, 10_000, 2_000, 1 << 21, 1 << 20, 0.95, 5, 48));
  }

  static DetectorSettings stills(int pictures) {
    DetectorSettings usual = DetectorSettings.defaults();
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
