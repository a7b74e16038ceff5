package io.andon.chaos.fault;

import io.andon.chaos.cluster.Cluster;
import io.andon.chaos.cluster.FlinkRest;
import io.andon.chaos.ledger.Ledger;
import io.andon.chaos.load.FrameFeed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/**
 * Where a fault takes place.
 *
 * @param cluster what is broken
 * @param feed what it is fed
 * @param ledger what comes out
 */
public record Stage(Cluster cluster, FrameFeed feed, Ledger ledger) {
  /** Cameras of the feed; others come and go with their fault. */
  private static final String NUMBERED = "numbered-";

  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final Duration POLL = Duration.ofMillis(100);

  /** Waits, and fails with what it waited for. */
  public static void await(String what, Duration limit, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(limit)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .pollInSameThread()
        .until(condition);
  }

  /** Waits for an incident that is under way, so that every fault meets one. */
  public void awaitOpenIncident() {
    await("an incident is open", PATIENCE, ledger::isIncidentOpen);
  }

  /** Waits until every frame sent so far is scored. */
  public void awaitCaughtUp() {
    long sent = feed.sent();
    await(sent + " frames are scored", PATIENCE, () -> ledger.scored(NUMBERED) >= sent);
  }

  /** Waits until a frame that was captured after a time is scored. */
  public void awaitScoredAfter(long millis) {
    await(
        "new frames are scored",
        PATIENCE,
        () -> ledger.newest(NUMBERED).filter(n -> n.capturedMicros() > millis * 1_000).isPresent());
  }

  /** Waits until all tasks run that were started after a time. */
  public void awaitRestartedAfter(long millis) {
    await(
        "all tasks run again",
        PATIENCE,
        () ->
            cluster
                .rest()
                .job()
                .flatMap(FlinkRest.Job::runningSinceMillis)
                .filter(since -> since > millis)
                .isPresent());
  }

  /** The job that runs. */
  public String job() throws InterruptedException {
    Optional<FlinkRest.Job> job = cluster.rest().job();
    return job.orElseThrow(() -> new IllegalStateException("no job runs")).id();
  }

  /** Waits for another checkpoint to complete. */
  public void awaitCheckpoint() throws Exception {
    String job = job();
    long before = cluster.rest().checkpoints(job).completed();
    await(
        "a checkpoint completes",
        PATIENCE,
        () -> cluster.rest().checkpoints(job).completed() > before);
  }

  /** Now, milliseconds since the epoch. */
  public static long now() {
    return System.currentTimeMillis();
  }
}
