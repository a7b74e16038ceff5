package io.andon.bench.speed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Figures of capacity for people and programs. */
final class CapacityTable {
  static final String HEAD =
      """
      | cameras | in memory | state in | frames/s | CPU ms a frame | fetch | decode | shuffle | detect | state | sinks | jvm | broker and load | heap MiB | checkpoint MiB | in s |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"""
          .stripIndent();

  private CapacityTable() {}

  static String row(CapacityRun.Figures figures) {
    return String.format(
        Locale.ROOT,
        "| %d | %d | %s | %.0f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.0f | %.0f | %.1f |",
        figures.what().cameras(),
        figures.what().liveCameras(),
        figures.what().stateBackend(),
        figures.effort().framesPerSecond(),
        figures.effort().cpuMillis(),
        of(figures, Stage.FETCH),
        of(figures, Stage.DECODE),
        of(figures, Stage.SHUFFLE),
        of(figures, Stage.DETECT),
        of(figures, Stage.STATE),
        of(figures, Stage.SINKS),
        of(figures, Stage.JVM),
        figures.effort().surroundingsMillis(),
        figures.heapMebibytes(),
        figures.checkpointMebibytes(),
        figures.checkpointSeconds());
  }

  static void write(CapacityRun.Figures figures, ObjectNode to) {
    to.put("cameras", figures.what().cameras());
    to.put("live_cameras", figures.what().liveCameras());
    to.put("state_backend", figures.what().stateBackend());
    to.put("frames_per_second", rounded(figures.effort().framesPerSecond()));
    to.put("cpu_ms_a_frame", rounded(figures.effort().cpuMillis()));
    to.put("surroundings_cpu_ms_a_frame", rounded(figures.effort().surroundingsMillis()));
    ObjectNode stages = to.putObject("cpu_ms_a_frame_by_stage");
    for (Stage stage : Stage.values()) {
      stages.put(stage.label(), rounded(of(figures, stage)));
    }
    to.put("heap_mib", rounded(figures.heapMebibytes()));
    to.put("checkpoint_mib", rounded(figures.checkpointMebibytes()));
    to.put("checkpoint_s", rounded(figures.checkpointSeconds()));
  }

  private static double of(CapacityRun.Figures figures, Stage stage) {
    return figures.cpuMillisByStage().getOrDefault(stage, 0.0);
  }

  private static double rounded(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
