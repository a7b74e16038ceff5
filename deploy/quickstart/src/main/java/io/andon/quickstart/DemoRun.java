package io.andon.quickstart;

import io.andon.quickstart.process.StartException;
import io.andon.quickstart.process.Supervisor;
import io.andon.quickstart.process.SupervisorListener;
import io.andon.quickstart.scoreboard.Board;
import io.andon.quickstart.scoreboard.News;
import io.andon.quickstart.scoreboard.Outcome;
import io.andon.quickstart.scoreboard.PassRule;
import io.andon.quickstart.scoreboard.Summary;
import io.andon.quickstart.screen.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** One run of the demo, from the first process to the summary. Used once. */
final class DemoRun implements SupervisorListener {
  private static final Duration FIRST_SCORE_PATIENCE = Duration.ofSeconds(90);
  private static final Duration WARM_UP = Duration.ofSeconds(45);
  private static final long TICK_MILLIS = 250;

  private final DemoOptions options;
  private final int fps;
  private final RunFolder folder;
  private final Optional<WatchedCamera> ownCamera;
  private final Map<String, String> secrets;
  private final Screen screen;
  private final InstantSource clock;
  private final CountDownLatch stopRequested;
  private final Board board = new Board();
  private final News news = new News();
  private final TruthFile truth;
  private final Injecting injecting;
  private volatile String failure = "";
  private volatile @Nullable Thread starting;

  DemoRun(
      DemoOptions options,
      RunFolder folder,
      Optional<WatchedCamera> ownCamera,
      Map<String, String> secrets,
      Screen screen,
      InstantSource clock,
      CountDownLatch stopRequested) {
    this.options = options;
    this.fps = options.fps();
    this.folder = folder;
    this.ownCamera = ownCamera;
    this.secrets = secrets;
    this.screen = screen;
    this.clock = clock;
    this.stopRequested = stopRequested;
    this.truth = new TruthFile(folder.truth());
    this.injecting = new Injecting(board, screen, Parts.SIMULATED.size());
  }

  /**
   * Starts everything, watches until the end, and stops everything.
   *
   * @return the exit status of the demo
   */
  int toTheEnd() throws StartException, IOException, InterruptedException {
    String memory;
    try (Supervisor supervisor = new Supervisor(folder.logs(), this, clock)) {
      if (!start(supervisor)) {
        screen.event("stopped while it started");
        return ExitCode.OK;
      }
      try (EventFeed feed =
          EventFeed.start(options.ports().bootstrapServers(), board, screen, clock)) {
        WhereToLook.lines(options.ports(), folder).forEach(screen::event);
        watch(supervisor, feed);
        screen.clearStatus();
      }
      memory = Memory.line(supervisor);
    }
    return conclude(memory);
  }

  /** Ends a start that goes on: nobody waits for its parts any more. */
  void giveUpStarting() {
    Thread thread = starting;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Whether everything runs; not if it was to stop meanwhile. */
  private boolean start(Supervisor supervisor)
      throws StartException, IOException, InterruptedException {
    starting = Thread.currentThread();
    try {
      startParts(supervisor);
    } catch (InterruptedException e) {
      if (stopRequested.getCount() > 0) {
        throw e;
      }
      return false;
    } finally {
      starting = null;
    }
    // One that came too late for the start is for the watch, which asks for itself.
    Thread.interrupted();
    return true;
  }

  private void startParts(Supervisor supervisor)
      throws StartException, IOException, InterruptedException {
    Ports ports = options.ports();
    if (ownCamera.isEmpty()) {
      supervisor.start(Parts.simulator(folder, ports, fps));
    }
    Path job = ServiceFiles.job(folder, ports, options.models(), WARM_UP);
    supervisor.start(Parts.job(folder, ports, job));
    List<WatchedCamera> cameras =
        ownCamera.map(List::of).orElseGet(() -> Parts.simulatedCameras(ports));
    Path ingest = ServiceFiles.ingest(folder, ports, cameras, fps);
    supervisor.start(Parts.ingest(ports, ingest, secrets));
  }

  private void watch(Supervisor supervisor, EventFeed feed)
      throws IOException, InterruptedException {
    Instant started = clock.instant();
    Instant nextStatus = started;
    while (!isOver(started, feed) && !stopRequested.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (!feed.isReading()) {
        fail("the events can't be read; see the error above");
      }
      Instant now = clock.instant();
      if (ownCamera.isEmpty()) {
        truth.news().forEach(board::injected);
        news.of(board.outcome(micros(now))).forEach(screen::event);
        injecting.step(supervisor, firstScore(), end(), now);
      }
      if (!now.isBefore(nextStatus)) {
        screen.status(headline(now), board.rows(micros(now)));
        if (screen.isGone()) {
          fail("nobody sees this any more");
        }
        nextStatus = now.plus(screen.statusEvery());
      }
    }
  }

  private boolean isOver(Instant started, EventFeed feed) {
    Instant now = clock.instant();
    if (firstScore().isEmpty() && now.isAfter(started.plus(FIRST_SCORE_PATIENCE))) {
      fail(
          "no frame was scored within %d s%s; see %s"
              .formatted(
                  FIRST_SCORE_PATIENCE.toSeconds(),
                  NoFrames.because(feed.openFaults()),
                  folder.logs()));
    }
    return !failure.isEmpty() || end().map(now::isAfter).orElse(false);
  }

  private Optional<Instant> firstScore() {
    return board.firstScoreMicros().map(m -> Instant.EPOCH.plus(m, ChronoUnit.MICROS));
  }

  private Optional<Instant> end() {
    return firstScore().flatMap(first -> options.duration().map(first::plus));
  }

  private String headline(Instant now) {
    Optional<Instant> first = firstScore();
    if (first.isEmpty()) {
      return "waiting for the first scored frame";
    }
    Duration run = Duration.between(first.get(), now);
    String time = "%d:%02d".formatted(run.toMinutes(), run.toSecondsPart());
    String limit = options.duration().map(d -> " of " + d.toSeconds() + " s").orElse("");
    return time + limit + "  " + standing(board.outcome(micros(now)));
  }

  private String standing(Outcome outcome) {
    if (ownCamera.isPresent()) {
      return "watching, incidents " + outcome.falseAlarms().size();
    }
    if (!injecting.hasBegun()) {
      return "warming up";
    }
    return "injected %d, found %d, waiting %d, missed %d, false alarms %d"
        .formatted(
            outcome.injected(),
            outcome.found().size(),
            outcome.waiting().size(),
            outcome.missed().size(),
            outcome.falseAlarms().size());
  }

  private int conclude(String memory) {
    Outcome outcome = board.outcome(micros(clock.instant()));
    screen.event("");
    if (ownCamera.isEmpty()) {
      Summary.ofTruth(outcome).forEach(screen::event);
    }
    Summary.ofSpeed(board).forEach(screen::event);
    screen.event(memory);
    if (!failure.isEmpty()) {
      screen.event("FAILED: " + failure);
      return ExitCode.SOFTWARE;
    }
    if (options.duration().isEmpty() || ownCamera.isPresent() || stopRequested.getCount() == 0) {
      return ExitCode.OK; // Nothing was promised.
    }
    List<String> shortcomings = PassRule.shortcomings(outcome);
    shortcomings.forEach(reason -> screen.event("NOT PASSED: " + reason));
    if (!shortcomings.isEmpty()) {
      PassRule.excuse(board.framesPerSecond(), fps * Parts.SIMULATED.size())
          .ifPresent(screen::event);
    }
    if (shortcomings.isEmpty()) {
      screen.event("PASSED");
    }
    return shortcomings.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  // The first failure is the cause, the others follow from it.
  private synchronized void fail(String why) {
    failure = failure.isEmpty() ? why : failure;
  }

  @Override
  public void progress(String message) {
    screen.event(message);
  }

  @Override
  public void restarted(String child) {
    screen.event(child + " runs again");
    if (child.equals(Parts.SIMULATOR)) {
      injecting.simulatorRestarted();
    }
  }

  @Override
  public void gaveUp(String child, String why) {
    fail(child + ": " + why);
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
