package io.andon.job.archive;

import io.andon.job.archive.ArchiveNews.Dropped;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes snapshots on a thread of its own. The task's thread never waits for it: what finds the
 * queue full or can't be written is dropped and counted.
 */
final class ArchiveWriter implements AutoCloseable {
  /** Snapshots that may wait. */
  static final int QUEUE = 16;

  /** Their bytes; one alone may be larger. */
  static final long QUEUE_BYTES = 64L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(ArchiveWriter.class);
  private static final long CLOSE_MILLIS = 2_000;

  /** Puts a snapshot where it is kept. */
  interface Keeper {
    void keep(ArchivedSnapshot snapshot) throws IOException;
  }

  private final Keeper keeper;
  private final ArchiveNews news;
  private final ThreadPoolExecutor thread;
  private final AtomicLong bytes = new AtomicLong();
  private boolean failing; // of the writer's thread

  ArchiveWriter(Keeper keeper, ArchiveNews news) {
    this.keeper = keeper;
    this.news = news;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            work -> {
              Thread made = new Thread(work, "snapshot-archive");
              made.setDaemon(true);
              return made;
            });
  }

  /** Takes a snapshot, or drops it at once. */
  void offer(ArchivedSnapshot snapshot) {
    long size = snapshot.detector().length;
    long before = bytes.getAndAdd(size);
    try {
      if (before > 0 && before + size > QUEUE_BYTES) {
        throw new RejectedExecutionException("too many bytes wait");
      }
      thread.execute(() -> write(snapshot));
    } catch (RejectedExecutionException e) {
      bytes.addAndGet(-size);
      news.dropped(Dropped.QUEUE_FULL);
    }
  }

  private void write(ArchivedSnapshot snapshot) {
    try {
      keeper.keep(snapshot);
      news.written();
      failing = false;
    } catch (IOException | RuntimeException e) { // plugged-in file systems throw what they like
      news.dropped(Dropped.WRITE_FAILED);
      if (!failing) {
        LOG.warn("snapshots can't be archived; told once until one can: {}", e.toString());
      }
      failing = true;
    } finally {
      bytes.addAndGet(-snapshot.detector().length);
    }
  }

  /** Gives what waits a moment to be written, then drops it. */
  @Override
  public void close() {
    thread.shutdown();
    boolean done = false;
    try {
      done = thread.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!done) {
      thread.shutdownNow().forEach(lost -> news.dropped(Dropped.SHUTDOWN));
    }
  }
}
