package io.andon.quickstart.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Starts child JVMs, restarts those that crash, and stops all of them, the youngest first.
 *
 * <p>A crash is any end that {@link #close} did not ask for. Crashed children are restarted after a
 * growing wait, at most {@value #MAX_RESTARTS_PER_MINUTE} times a minute each. Safe for several
 * threads.
 */
public final class Supervisor implements AutoCloseable {
  static final int MAX_RESTARTS_PER_MINUTE = 5;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(8);
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 200;

  private final Path logs;
  private final SupervisorListener listener;
  private final InstantSource clock;
  private final Map<String, ChildProcess> children =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final ScheduledExecutorService restarts;
  private volatile boolean stopping;

  public Supervisor(Path logs, SupervisorListener listener, InstantSource clock)
      throws IOException {
    this.logs = Files.createDirectories(logs);
    this.listener = listener;
    this.clock = clock;
    this.restarts =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "supervisor");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts a child and waits until it is ready.
   *
   * @throws StartException if it ends or is not ready in time
   */
  public void start(ChildSpec spec) throws StartException, InterruptedException {
    Instant started = clock.instant();
    launch(spec, new RestartPolicy(MAX_RESTARTS_PER_MINUTE));
    awaitReady(spec);
    Duration took = Duration.between(started, clock.instant());
    listener.progress("%s is ready after %.1f s".formatted(spec.name(), took.toMillis() / 1e3));
  }

  /** The child of that name as it runs now; a restart gives another. */
  public Optional<ChildProcess> child(String name) {
    return Optional.ofNullable(children.get(name));
  }

  /** Where a child's output goes. */
  public Path logFile(String name) {
    return logs.resolve(name + ".log");
  }

  private void launch(ChildSpec spec, RestartPolicy policy) throws StartException {
    ChildProcess child;
    try {
      child = ChildProcess.start(spec, logFile(spec.name()));
    } catch (IOException e) {
      throw new StartException(spec.name() + " could not be started: " + e.getMessage());
    }
    children.put(spec.name(), child);
    if (stopping) {
      child.kill();
    }
    child
        .exitStatus()
        .thenAcceptAsync(status -> ended(spec, child, policy, status), restarts)
        .exceptionally(rejectedWhileStopping -> null);
  }

  private void awaitReady(ChildSpec spec) throws StartException, InterruptedException {
    Instant deadline = clock.instant().plus(spec.readyTimeout());
    Instant nextProgress = clock.instant().plus(PROGRESS_EVERY);
    while (!isReady(spec)) {
      Instant now = clock.instant();
      if (now.isAfter(deadline)) {
        throw new StartException(
            "%s is not ready after %d s; see %s"
                .formatted(spec.name(), spec.readyTimeout().toSeconds(), logFile(spec.name())));
      }
      if (now.isAfter(nextProgress)) {
        listener.progress("waiting for " + spec.name() + " ...");
        nextProgress = now.plus(PROGRESS_EVERY);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private boolean isReady(ChildSpec spec) throws StartException, InterruptedException {
    ChildProcess child = children.get(spec.name());
    if (child == null || !child.isAlive()) {
      throw new StartException(
          spec.name() + " ended while it was starting; see " + logFile(spec.name()));
    }
    return spec.readiness().isReady(child);
  }

  private void ended(ChildSpec spec, ChildProcess child, RestartPolicy policy, int status) {
    if (stopping || !children.containsValue(child)) {
      return;
    }
    Optional<Duration> delay = policy.crashed(clock.instant());
    if (delay.isEmpty()) {
      listener.gaveUp(
          spec.name(),
          "it crashed more than "
              + MAX_RESTARTS_PER_MINUTE
              + " times in a minute; see "
              + logFile(spec.name()));
      return;
    }
    long millis = delay.get().toMillis();
    listener.progress(
        "%s ended with status %d, starting it again in %d ms"
            .formatted(spec.name(), status, millis));
    later(spec, millis, () -> restart(spec, policy));
  }

  private void later(ChildSpec spec, long millis, Runnable task) {
    var unused =
        restarts.schedule(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                if (!stopping) {
                  listener.gaveUp(spec.name(), e.toString());
                }
              }
            },
            millis,
            TimeUnit.MILLISECONDS);
  }

  private void restart(ChildSpec spec, RestartPolicy policy) {
    if (stopping) {
      return;
    }
    try {
      launch(spec, policy);
    } catch (StartException e) {
      listener.gaveUp(spec.name(), e.toString());
      return;
    }
    Instant deadline = clock.instant().plus(spec.readyTimeout());
    pollRestarted(spec, deadline);
  }

  // Polls by rescheduling, so that one child's slow start does not hold up another's restart.
  private void pollRestarted(ChildSpec spec, Instant deadline) {
    ChildProcess child = children.get(spec.name());
    if (stopping || child == null || !child.isAlive()) {
      return; // Its end brings the next restart.
    }
    try {
      if (spec.readiness().isReady(child)) {
        listener.restarted(spec.name());
      } else if (clock.instant().isAfter(deadline)) {
        child.kill();
      } else {
        later(spec, POLL_MILLIS, () -> pollRestarted(spec, deadline));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops every child, the youngest first; kills what has not ended within 8 s in all. */
  @Override
  public void close() {
    stopping = true;
    restarts.shutdownNow();
    Instant deadline = clock.instant().plus(STOP_PATIENCE);
    List<ChildProcess> youngestFirst;
    synchronized (children) {
      youngestFirst = new ArrayList<>(children.values());
    }
    Collections.reverse(youngestFirst);
    try {
      for (ChildProcess child : youngestFirst) {
        child.requestStop();
        child.awaitEnd(Duration.between(clock.instant(), deadline).dividedBy(2));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      youngestFirst.forEach(ChildProcess::kill);
    }
  }
}
