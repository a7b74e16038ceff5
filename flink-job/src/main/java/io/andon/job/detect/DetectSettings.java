package io.andon.job.detect;

import io.andon.detection.DetectorSettings;
import java.io.Serializable;
import java.time.Clock;

/**
 * How the detecting operator runs.
 *
 * @param framesTopic topic that frames are read from, for evidence by reference
 * @param detector settings of each camera's detector, taken anew at each restore
 * @param maxLiveCameras detectors a subtask keeps in memory, 1 or more
 * @param maxLabelledCameras cameras of this process that get metrics of their own, 0 or more
 * @param clock gives latencies only; serializable
 */
public record DetectSettings(
    String framesTopic,
    DetectorOptions detector,
    int maxLiveCameras,
    int maxLabelledCameras,
    Clock clock)
    implements Serializable {

  DetectorSettings detectorSettings() {
    return detector.settings();
  }
}
