package io.andon.job.detect;

import io.andon.detection.DetectorSettings;
import java.io.Serializable;
import java.util.Map;

/**
 * What a user sets of the detector; everything else keeps the detector's documented default.
 *
 * @param falseAlarmsPerDay false-alarm budget of each camera, above 0, at most 10,000
 * @param warmUpMillis least event time of warm-up, milliseconds
 * @param warmUpFrames least number of frames of warm-up
 * @param learnDelayMillis time between scoring a frame and learning it, milliseconds
 * @param silenceMillis time without a frame after which an open incident closes, milliseconds
 * @param sceneAdoptMillis time after which a new scene that lasts becomes the normal one,
 *     milliseconds; 0 leaves it to an operator
 * @param cycles whether machine cycles are looked for and followed
 * @param quality whether more memory and time may be spent ({@link DetectorSettings#quality})
 */
public record DetectorOptions(
    double falseAlarmsPerDay,
    int warmUpMillis,
    int warmUpFrames,
    int learnDelayMillis,
    int silenceMillis,
    int sceneAdoptMillis,
    boolean cycles,
    boolean quality)
    implements Serializable {

  /** The options that are the detector's defaults. */
  public static DetectorOptions defaults() {
    DetectorSettings settings = DetectorSettings.defaults();
    return new DetectorOptions(
        settings.alarm().falseAlarmsPerDay(),
        settings.warmUp().millis(),
        settings.warmUp().frames(),
        settings.memory().learnDelayMillis(),
        settings.alarm().silenceMillis(),
        settings.sceneChange().adoptMillis(),
        settings.cycle().enabled(),
        false);
  }

  /** The options by their names, for the archive. */
  public Map<String, String> named() {
    return Map.of(
        "falseAlarmsPerDay", Double.toString(falseAlarmsPerDay),
        "warmUpMillis", Integer.toString(warmUpMillis),
        "warmUpFrames", Integer.toString(warmUpFrames),
        "learnDelayMillis", Integer.toString(learnDelayMillis),
        "silenceMillis", Integer.toString(silenceMillis),
        "sceneAdoptMillis", Integer.toString(sceneAdoptMillis),
        "cycles", Boolean.toString(cycles),
        "quality", Boolean.toString(quality));
  }

  /**
   * The options that {@link #named} gave, perhaps of an older version: what it did not know yet is
   * the default.
   *
   * @throws IllegalArgumentException if a value is no number
   */
  public static DetectorOptions ofNamed(Map<String, String> named) {
    DetectorOptions base = defaults();
    return new DetectorOptions(
        Double.parseDouble(
            named.getOrDefault("falseAlarmsPerDay", Double.toString(base.falseAlarmsPerDay))),
        integer(named, "warmUpMillis", base.warmUpMillis),
        integer(named, "warmUpFrames", base.warmUpFrames),
        integer(named, "learnDelayMillis", base.learnDelayMillis),
        integer(named, "silenceMillis", base.silenceMillis),
        integer(named, "sceneAdoptMillis", base.sceneAdoptMillis),
        Boolean.parseBoolean(named.getOrDefault("cycles", Boolean.toString(base.cycles))),
        Boolean.parseBoolean(named.getOrDefault("quality", Boolean.toString(base.quality))));
  }

  private static int integer(Map<String, String> named, String name, int otherwise) {
    return Integer.parseInt(named.getOrDefault(name, Integer.toString(otherwise)));
  }

  /**
   * The detector's settings.
   *
   * @throws IllegalArgumentException naming what is out of range
   */
  public DetectorSettings settings() {
    DetectorSettings base = quality ? DetectorSettings.quality() : DetectorSettings.defaults();
    return base.withWarmUp(warmUp(base.warmUp()))
        .withMemory(memory(base.memory()))
        .withAlarm(alarm(base.alarm()))
        .withSceneChange(
            new DetectorSettings.SceneChange(base.sceneChange().share(), sceneAdoptMillis))
        .withCycle(base.cycle().withEnabled(cycles));
  }

  private DetectorSettings.WarmUp warmUp(DetectorSettings.WarmUp base) {
    return new DetectorSettings.WarmUp(
        warmUpMillis, warmUpFrames, Math.min(base.settleMillis(), warmUpMillis / 3));
  }

  private DetectorSettings.Memory memory(DetectorSettings.Memory base) {
    return new DetectorSettings.Memory(
        base.prototypesPerCell(),
        base.scenePrototypes(),
        base.learnIntervalMillis(),
        base.warmUpIntervalMillis(),
        learnDelayMillis,
        base.warmUpDelayMillis(),
        base.delayedBytes(),
        base.quarantineBytes(),
        base.gateQuantile(),
        base.hottestCells(),
        base.studyFrames());
  }

  private DetectorSettings.Alarm alarm(DetectorSettings.Alarm base) {
    return new DetectorSettings.Alarm(
        falseAlarmsPerDay,
        base.suspiciousScore(),
        base.drift(),
        base.evidenceMillis(),
        base.scoreCap(),
        base.quietScore(),
        base.quietMillis(),
        base.updateMillis(),
        silenceMillis);
  }
}
