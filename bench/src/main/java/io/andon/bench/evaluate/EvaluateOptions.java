package io.andon.bench.evaluate;

import io.andon.detection.DetectorSettings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be measured and how.
 *
 * @param settingsName {@code default} or {@code quality}, for videos
 * @param contamination shares of poison, each above 0 and below 1
 * @param partGap how far the numbers of two pictures of one part may lie apart ({@link Parts}); 0
 *     if each picture is of a part of its own
 * @param seed decides every draw
 * @param csv where scores go; null for nowhere
 * @param gates profiles of ingest's gate to set against none, for videos
 * @param disturbances under which videos are measured once more
 * @param cutsParts whether pictures are cut to a part that lies on a plain ground
 * @param progress tells what is going on
 */
record EvaluateOptions(
    String settingsName,
    List<Double> contamination,
    int partGap,
    long seed,
    @Nullable ScoresCsv csv,
    List<String> gates,
    List<Disturbance> disturbances,
    boolean cutsParts,
    Progress progress) {
  EvaluateOptions {
    contamination = List.copyOf(contamination);
    gates = List.copyOf(gates);
    disturbances = List.copyOf(disturbances);
  }

  Optional<ScoresCsv> scores() {
    return Optional.ofNullable(csv);
  }

  DetectorSettings cameraSettings() {
    return settingsName.equals("quality")
        ? DetectorSettings.quality()
        : DetectorSettings.defaults();
  }
}
