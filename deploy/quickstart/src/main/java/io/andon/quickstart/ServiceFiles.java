package io.andon.quickstart;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.andon.quickstart.job.FlinkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the configuration files of the services for one run; they hold no secret. */
final class ServiceFiles {
  private static final YAMLMapper YAML = new YAMLMapper();
  // On loopback no packet is late, and a jitter buffer's wait would be the largest part of latency.
  private static final int LOOPBACK_LATENCY_MILLIS = 20;

  private static final int CHECKPOINT_MILLIS = 5_000;
  // Short, so that a replay of the demo's incidents takes seconds.
  private static final int ARCHIVE_MILLIS = 30_000;

  /**
   * One an hour. The default of two a day asks for more normal time than a demo has: minutes after
   * the warm-up its levels lie so far out that a plain anomaly can stay below them.
   */
  private static final double FALSE_ALARMS_PER_DAY = 24;

  private ServiceFiles() {}

  /**
   * The file of ingest.
   *
   * @param fps frames a second of each camera at most
   */
  static Path ingest(RunFolder folder, Ports ports, List<WatchedCamera> cameras, int fps)
      throws IOException {
    return write(
        folder.configuration().resolve("ingest.yaml"),
        Map.of(
            "kafka", Map.of("bootstrapServers", ports.bootstrapServers()),
            "server", Map.of("port", ports.ingest()),
            "cameras", cameras.stream().map(camera -> camera(camera, fps)).toList()));
  }

  private static Map<String, Object> camera(WatchedCamera camera, int fps) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("id", camera.id());
    settings.put("url", camera.url());
    settings.put("fps", fps);
    if (camera.simulated()) {
      settings.put("latencyMillis", LOOPBACK_LATENCY_MILLIS);
    }
    camera
        .user()
        .ifPresent(
            user ->
                settings.put(
                    "credentials",
                    Map.of("user", user, "password", "env:" + WatchedCamera.PASSWORD_VARIABLE)));
    return settings;
  }

  /**
   * The file of the job.
   *
   * @param models folder with the models
   * @param warmUp how long each camera is watched before it is judged
   */
  static Path job(RunFolder folder, Ports ports, Path models, Duration warmUp) throws IOException {
    return write(
        folder.configuration().resolve("job.yaml"),
        Map.of(
            "kafka", Map.of("bootstrapServers", ports.bootstrapServers()),
            "model", Map.of("directory", models.toString()),
            "detection",
                Map.of(
                    "warmUpMillis", warmUp.toMillis(), "falseAlarmsPerDay", FALSE_ALARMS_PER_DAY),
            "archive",
                Map.of(
                    "directory",
                    FlinkFolder.of(folder.archive()),
                    "intervalMillis",
                    ARCHIVE_MILLIS),
            "flink",
                Map.of(
                    "checkpointIntervalMillis",
                    CHECKPOINT_MILLIS,
                    "checkpointDirectory",
                    FlinkFolder.of(folder.checkpoints())),
            "metrics", Map.of("port", ports.job())));
  }

  private static Path write(Path file, Map<String, ?> content) throws IOException {
    YAML.writeValue(file.toFile(), content);
    return file;
  }
}
