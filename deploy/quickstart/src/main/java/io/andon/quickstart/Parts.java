package io.andon.quickstart;

import io.andon.bench.simulator.LineSimulation;
import io.andon.bench.simulator.SimulatorMain;
import io.andon.ingest.IngestCommand;
import io.andon.quickstart.job.JobProcess;
import io.andon.quickstart.process.ChildSpec;
import io.andon.quickstart.process.Readiness;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The processes of the demo. Each has native code of its own, so each is a JVM of its own: a native
 * crash is one part's trouble. All of them and the supervisor fit in 4 GiB.
 */
public final class Parts {
  /** Broker and job. */
  public static final String JOB = "job";

  /** Ingest. */
  public static final String INGEST = "ingest";

  /** The simulated cameras. */
  public static final String SIMULATOR = "simulator";

  static final List<String> SIMULATED = LineSimulation.DEMO_CAMERAS;

  private static final Duration SLOW_START = Duration.ofMinutes(2);
  private static final Duration QUICK_START = Duration.ofMinutes(1);
  private static final List<String> COMMON =
      List.of("-XX:+ExitOnOutOfMemoryError", "-Dlog4j2.configurationFile=log4j2-child.xml");

  private Parts() {}

  /** The cameras that the simulation serves. */
  static List<WatchedCamera> simulatedCameras(Ports ports) {
    return SIMULATED.stream()
        .map(
            id ->
                new WatchedCamera(
                    id, "rtsp://127.0.0.1:" + ports.rtsp() + "/" + id, Optional.empty(), true))
        .toList();
  }

  /** Broker, topics and job. */
  public static ChildSpec job(RunFolder folder, Ports ports, Path configuration) {
    List<String> arguments =
        List.of(
            "--config=" + configuration,
            "--broker-dir=" + folder.broker(),
            "--checkpoint-dir=" + folder.checkpoints(),
            "--kafka-port=" + ports.kafka(),
            "--controller-port=" + ports.controller(),
            "--flink-port=" + ports.flink(),
            "--metrics-port=" + ports.job());
    List<String> options =
        List.of(
            "-Xmx1100m",
            "-XX:MaxDirectMemorySize=256m",
            // Flink's serialisers reflect on the JDK's collections.
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            // For detection's inner loops.
            "--add-modules=jdk.incubator.vector",
            "-XX:PerMethodTrapLimit=5000");
    return spec(JOB, JobProcess.class, arguments, options, Readiness.readyLine(), SLOW_START);
  }

  /**
   * The RTSP server with the simulated cameras.
   *
   * @param fps frames a second of each
   */
  public static ChildSpec simulator(RunFolder folder, Ports ports, int fps) {
    List<String> arguments =
        List.of(
            "--port=" + ports.rtsp(),
            "--fps=" + fps,
            "--truth=" + folder.truth(),
            "--cameras=" + String.join(",", SIMULATED));
    return spec(
        SIMULATOR,
        SimulatorMain.class,
        arguments,
        List.of("-Xmx256m", "-XX:+UseSerialGC"),
        Readiness.readyLine(),
        QUICK_START);
  }

  /**
   * Ingest.
   *
   * @param environment variables that the configuration refers to
   */
  public static ChildSpec ingest(Ports ports, Path configuration, Map<String, String> environment) {
    URI health = URI.create("http://127.0.0.1:" + ports.ingest() + "/health/live");
    ChildSpec spec =
        spec(
            INGEST,
            IngestCommand.class,
            List.of("run", "--config=" + configuration),
            List.of("-Xmx224m", "-XX:+UseSerialGC"),
            Readiness.http(health),
            QUICK_START);
    return spec.withEnvironment(environment);
  }

  private static ChildSpec spec(
      String name,
      Class<?> mainClass,
      List<String> arguments,
      List<String> jvmOptions,
      Readiness readiness,
      Duration timeout) {
    List<String> options = new ArrayList<>(COMMON);
    options.addAll(jvmOptions);
    return new ChildSpec(name, mainClass, arguments, options, Map.of(), readiness, timeout);
  }
}
