package io.andon.job.archive;

import java.time.Duration;

/** Hears what becomes of snapshots. Called by several threads. */
public interface ArchiveNews {
  /** Why a snapshot was not archived. */
  enum Dropped {
    /** The writer was behind: the snapshot was not even queued. */
    QUEUE_FULL("queue-full"),
    /** The file system refused it. */
    WRITE_FAILED("write-failed"),
    /** The task ended before it was written. */
    SHUTDOWN("shutdown");

    private final String label;

    Dropped(String label) {
      this.label = label;
    }

    /** Its value in metrics. */
    public String label() {
      return label;
    }
  }

  /** A snapshot was taken, on the task's thread. */
  void taken(Duration time);

  /** A snapshot is in the archive. */
  void written();

  /** A snapshot is not. */
  void dropped(Dropped reason);

  /** Snapshots were deleted. */
  void deleted(int count);

  /** Snapshots could not be deleted. */
  void deleteFailed();
}
