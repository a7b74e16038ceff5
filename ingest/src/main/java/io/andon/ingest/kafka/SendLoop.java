package io.andon.ingest.kafka;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The turns of a thread that hands to a producer what others put into queues, and its end: what
 * waits is sent first, for a limited time, since the producer may hold the thread up for longer.
 */
final class SendLoop {
  private static final long IDLE_MILLIS = 200;

  // One permit for each thing that waits.
  private final Semaphore waiting = new Semaphore(0);
  private volatile boolean draining;
  private volatile boolean aborted;
  private volatile @Nullable Thread thread;

  /** One more thing waits. */
  void arrived() {
    waiting.release();
  }

  /**
   * Takes turns until it is drained.
   *
   * @param one sends one thing of those that wait
   * @param idle called when nothing has waited for 200 ms
   */
  void run(Runnable one, Runnable idle) {
    thread = Thread.currentThread();
    try {
      while (!aborted) {
        if (waiting.tryAcquire(draining ? 0 : IDLE_MILLIS, TimeUnit.MILLISECONDS)) {
          one.run();
        } else if (draining) {
          return;
        } else {
          idle.run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Lets what waits be sent, then ends {@link #run}; to be called when no more arrives.
   *
   * @param limit how long it may take; {@link #run} may then still be in the producer, which may be
   *     closed all the same
   */
  void drain(Duration limit) throws InterruptedException {
    draining = true;
    Thread running = thread;
    if (running != null) {
      running.join(Math.max(1, limit.toMillis()));
    }
    aborted = true;
  }

  /** Whether the time to send what waits is over. */
  boolean isAborted() {
    return aborted;
  }

  /** Whether the caller runs in it. */
  boolean isThisThread() {
    return Thread.currentThread() == thread;
  }

  /** A producer that is closed under a send throws; any other time it must not. */
  void requireAborted(RuntimeException failure) {
    if (!aborted) {
      throw failure;
    }
  }
}
