package io.andon.quickstart;

import io.andon.quickstart.process.StartException;
import io.andon.quickstart.screen.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Runs the whole pipeline on this machine, every part of it real, and shows what it finds.
 *
 * <p>Exit status: 0 when it was stopped, or ran its time and found what it must; 1 when it did not;
 * 2 when it could not start as asked.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Watches two simulated production lines, or your camera, and shows incidents.")
public final class Demo implements Callable<Integer> {
  private static final long STOP_SECONDS = 10;
  private static final String OWN_CAMERA = "my-camera";

  @Mixin private final DemoOptions options = new DemoOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  private CommandSpec spec;

  private volatile @Nullable DemoRun run;
  private final CountDownLatch stopRequested = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Entry point. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Demo()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    List<String> wrongPorts = options.ports().problems();
    if (!wrongPorts.isEmpty()) {
      wrongPorts.forEach(this::complain);
      return ExitCode.USAGE;
    }
    try (RunLock lock = RunLock.take(options.runFolder())) {
      DemoRun prepared = prepare(lock.folder());
      run = prepared;
      Runtime.getRuntime().addShutdownHook(new Thread(this::stopCleanly, "stop"));
      return prepared.toTheEnd();
    } catch (IllegalArgumentException | StartException | IOException e) {
      complain(String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    } finally {
      ended.countDown();
    }
  }

  private DemoRun prepare(Path folder) throws IOException {
    options.duration().ifPresent(Schedule::requireLongEnough);
    Optional<WatchedCamera> own = ownCamera();
    Map<String, String> secrets =
        CameraPassword.environment(options.cameraUser(), System.getenv(), System.console());
    return new DemoRun(
        options,
        RunFolder.prepare(folder),
        own,
        secrets,
        Screen.forThisTerminal(),
        InstantSource.system(),
        stopRequested);
  }

  private Optional<WatchedCamera> ownCamera() {
    return options
        .camera()
        .map(CameraAddress::parse)
        .map(address -> new WatchedCamera(OWN_CAMERA, address.url(), options.cameraUser(), false));
  }

  private void stopCleanly() {
    if (ended.getCount() == 0) {
      return; // It ended by itself; its exit status counts.
    }
    stopRequested.countDown();
    DemoRun running = run;
    if (running != null) {
      running.giveUpStarting();
    }
    try {
      if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        complain("not everything stopped within " + STOP_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Being stopped is success; without this the status would be that of the signal.
    Runtime.getRuntime().halt(ExitCode.OK);
  }

  private void complain(String message) {
    spec.commandLine().getErr().println("demo: " + message);
    spec.commandLine().getErr().flush();
  }
}
