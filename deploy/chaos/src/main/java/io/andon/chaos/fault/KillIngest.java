package io.andon.chaos.fault;

import io.andon.bench.simulator.SimulatorMain;
import io.andon.broker.FreePorts;
import io.andon.chaos.ledger.Ledger.Newest;
import io.andon.ingest.IngestCommand;
import io.andon.quickstart.process.ChildProcess;
import io.andon.quickstart.process.ChildSpec;
import io.andon.quickstart.process.Readiness;
import io.andon.quickstart.process.Supervisor;
import io.andon.quickstart.process.SupervisorListener;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** kill -9 of a real ingest that reads a real RTSP camera; its supervisor starts it again. */
public final class KillIngest implements Fault {
  private static final String CAMERA = "live-press";
  private static final String INGEST = "ingest";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int FRAMES = 30;

  private @Nullable Supervisor supervisor;
  private long playBefore;

  @Override
  public String name() {
    return "kill-ingest";
  }

  @Override
  public long inflict(Stage stage) throws Exception {
    Supervisor started = start(stage);
    supervisor = started;
    Stage.await(
        "frames of the camera are scored", PATIENCE, () -> stage.ledger().scored(CAMERA) > FRAMES);
    playBefore = play(stage);
    long at = Stage.now();
    started.child(INGEST).ifPresent(ChildProcess::kill);
    return at;
  }

  private static long play(Stage stage) {
    return stage.ledger().newest(CAMERA).map(Newest::key).map(key -> key.play()).orElse(0L);
  }

  private static Supervisor start(Stage stage) throws Exception {
    Path folder = Files.createDirectories(stage.cluster().folder().resolve(INGEST));
    List<Integer> free = FreePorts.take(2);
    int rtsp = free.get(0);
    int health = free.get(1);
    Path config =
        Files.writeString(
            folder.resolve("ingest.yaml"),
            """
            kafka: {bootstrapServers: "%s"}
            server: {port: %d}
            cameras: [{id: %s, url: "rtsp://127.0.0.1:%d/press", fps: 5, latencyMillis: 20}]
            """
                .formatted(stage.cluster().bootstrapServers(), health, CAMERA, rtsp));
    Supervisor supervisor =
        new Supervisor(folder.resolve("log"), new Silent(), InstantSource.system());
    supervisor.start(
        child(
            "simulator",
            SimulatorMain.class,
            List.of("--port=" + rtsp, "--cameras=press", "--fps=5"),
            Readiness.readyLine()));
    URI live = URI.create("http://127.0.0.1:" + health + "/health/live");
    supervisor.start(
        child(
            INGEST,
            IngestCommand.class,
            List.of("run", "--config=" + config),
            Readiness.http(live)));
    return supervisor;
  }

  private static ChildSpec child(
      String name, Class<?> main, List<String> arguments, Readiness readiness) {
    List<String> options =
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dlog4j2.configurationFile=log4j2-child.xml");
    return new ChildSpec(name, main, arguments, options, Map.of(), readiness, PATIENCE);
  }

  @Override
  public void awaitRecovery(Stage stage, long since) {
    try {
      Stage.await(
          "frames of a new connection are scored", PATIENCE, () -> play(stage) > playBefore);
    } finally {
      if (supervisor != null) {
        supervisor.close();
      }
    }
  }

  /** Restarts are what is wanted; its logs tell the rest. */
  private static final class Silent implements SupervisorListener {
    @Override
    public void progress(String message) {}

    @Override
    public void restarted(String child) {}

    @Override
    public void gaveUp(String child, String why) {}
  }
}
