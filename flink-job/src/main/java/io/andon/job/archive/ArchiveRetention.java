package io.andon.job.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Deletes what is too old or too much. Used by one thread; several may sweep one directory. */
final class ArchiveRetention {
  private static final Duration SWEEP_EVERY = Duration.ofMinutes(30);
  private static final Duration UNFINISHED_FOR = Duration.ofMinutes(30);

  private final ArchiveDirectory directory;
  private final ArchiveSettings settings;
  private final InstantSource clock;
  private long nextSweepMillis = Long.MIN_VALUE;

  ArchiveRetention(ArchiveDirectory directory, ArchiveSettings settings, InstantSource clock) {
    this.directory = directory;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Deletes of a camera what isn't kept any longer, and now and then of all cameras, so that one
   * that fell silent leaves nothing behind.
   *
   * @return how many snapshots were deleted
   */
  int apply(String camera) throws IOException {
    if (clock.millis() < nextSweepMillis) {
      return delete(expired(directory.entries(camera)));
    }
    nextSweepMillis = clock.millis() + SWEEP_EVERY.toMillis();
    int deleted = 0;
    for (String each : directory.cameras()) {
      deleted += delete(expired(directory.entries(each)));
    }
    return deleted;
  }

  private List<ArchiveDirectory.Entry> expired(List<ArchiveDirectory.Entry> entries) {
    long now = clock.millis();
    List<ArchiveDirectory.Entry> expired = new ArrayList<>();
    List<ArchiveDirectory.Entry> kept = new ArrayList<>();
    for (ArchiveDirectory.Entry entry : entries) {
      if (entry.isUnfinished()) {
        if (entry.writtenMillis() < now - UNFINISHED_FOR.toMillis()) {
          expired.add(entry);
        }
      } else if (entry.name().isPresent()) {
        boolean tooOld = entry.writtenMillis() < now - settings.retentionMillis();
        (tooOld ? expired : kept).add(entry);
      }
    }
    kept.sort(Comparator.comparing(entry -> entry.name().orElseThrow()));
    expired.addAll(kept.subList(0, Math.max(0, kept.size() - settings.maxPerCamera())));
    return expired;
  }

  private int delete(List<ArchiveDirectory.Entry> entries) throws IOException {
    for (ArchiveDirectory.Entry entry : entries) {
      directory.delete(entry);
    }
    return entries.size();
  }
}
