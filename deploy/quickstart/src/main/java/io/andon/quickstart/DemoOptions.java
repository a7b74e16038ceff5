package io.andon.quickstart;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The command line of the demo; every port can be given by an environment variable as well. */
final class DemoOptions {
  private static final int MOST_FPS = 60;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "Stop this long after the first scored frame and judge; without it, Ctrl-C.")
  private @Nullable Integer durationSeconds;

  @Option(
      names = "--camera",
      paramLabel = "URL",
      defaultValue = "${env:CAMERA}",
      description = "Watch this camera instead of the simulated ones; without user and password.")
  private @Nullable String camera;

  @Option(
      names = "--camera-user",
      paramLabel = "NAME",
      defaultValue = "${env:ANDON_CAMERA_USER}",
      description =
          "User of the camera; the password comes from ANDON_CAMERA_PASSWORD or a prompt.")
  private @Nullable String cameraUser;

  @Option(
      names = "--fps",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Frames a second of each camera, 1 to 60; more than the machine carries shows how ingest"
              + " lowers the rate. Default: ${DEFAULT-VALUE}.")
  private int fps;

  @Option(
      names = "--run-dir",
      paramLabel = "FOLDER",
      defaultValue = "run",
      description = "Data, checkpoints and logs; emptied at each start. Default: ${DEFAULT-VALUE}.")
  private Path runFolder = Path.of("run");

  @Option(
      names = "--models",
      paramLabel = "FOLDER",
      defaultValue = "${env:ANDON_MODELS:-.cache/models}",
      description = "Where the models are. Default: ${DEFAULT-VALUE}.")
  private Path models = Path.of(".cache/models");

  @Option(names = "--kafka-port", defaultValue = "${env:ANDON_KAFKA_PORT:-19092}")
  private int kafkaPort;

  @Option(names = "--controller-port", defaultValue = "${env:ANDON_CONTROLLER_PORT:-19093}")
  private int controllerPort;

  @Option(names = "--rtsp-port", defaultValue = "${env:ANDON_RTSP_PORT:-18554}")
  private int rtspPort;

  @Option(names = "--ingest-port", defaultValue = "${env:ANDON_INGEST_PORT:-19401}")
  private int ingestPort;

  @Option(names = "--job-port", defaultValue = "${env:ANDON_JOB_PORT:-19402}")
  private int jobPort;

  @Option(names = "--flink-port", defaultValue = "${env:ANDON_FLINK_PORT:-18081}")
  private int flinkPort;

  Optional<Duration> duration() {
    return Optional.ofNullable(durationSeconds).map(Duration::ofSeconds);
  }

  Optional<String> camera() {
    return Optional.ofNullable(camera).filter(text -> !text.isBlank());
  }

  Optional<String> cameraUser() {
    return Optional.ofNullable(cameraUser).filter(text -> !text.isBlank());
  }

  /**
   * Frames a second of each camera.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  int fps() {
    if (fps < 1 || fps > MOST_FPS) {
      throw new IllegalArgumentException("--fps is " + fps + ", allowed: 1 to " + MOST_FPS);
    }
    return fps;
  }

  Path runFolder() {
    return runFolder.toAbsolutePath().normalize();
  }

  Path models() {
    return models.toAbsolutePath().normalize();
  }

  Ports ports() {
    return new Ports(kafkaPort, controllerPort, rtspPort, ingestPort, jobPort, flinkPort);
  }
}
