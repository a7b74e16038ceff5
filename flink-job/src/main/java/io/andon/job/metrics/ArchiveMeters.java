package io.andon.job.metrics;

import io.andon.job.archive.ArchiveNews;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts what becomes of archived snapshots, all subtasks of the process together. */
public final class ArchiveMeters implements ArchiveNews {
  /** The process's counters. */
  public static final ArchiveNews COUNTED = new ArchiveMeters();

  private final Timer snapshotTime = Meters.timer(JobMetric.ARCHIVE_SNAPSHOT_TIME);
  private final Counter written = Meters.counter(JobMetric.ARCHIVED);
  private final Counter deleted = Meters.counter(JobMetric.ARCHIVE_DELETED);
  private final Counter deleteFailures = Meters.counter(JobMetric.ARCHIVE_DELETE_FAILURES);

  private ArchiveMeters() {}

  @Override
  public void taken(Duration time) {
    snapshotTime.record(time);
  }

  @Override
  public void written() {
    written.increment();
  }

  @Override
  public void dropped(Dropped reason) {
    Meters.counter(JobMetric.ARCHIVE_DROPPED, reason.label()).increment();
  }

  @Override
  public void deleted(int count) {
    deleted.increment(count);
  }

  @Override
  public void deleteFailed() {
    deleteFailures.increment();
  }
}
