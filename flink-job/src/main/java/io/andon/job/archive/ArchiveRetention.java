package io.andon.job.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes what is too old or too much. Used by one thread; several may sweep one directory. */
final class ArchiveRetention {
  private static final Duration SWEEP_EVERY = Duration.ofMinutes(30);
  private static final Duration UNFINISHED_FOR = Duration.ofMinutes(30);

  /** Deletes a file. */
  interface Deletion {
    void delete(ArchiveDirectory.Entry entry) throws IOException;
  }

  /**
   * What became of what isn't kept any longer.
   *
   * @param deleted how many snapshots were deleted
   * @param failure why others could not be, the first reason; null if there are none
   */
  record Outcome(int deleted, @Nullable IOException failure) {}

  private final ArchiveDirectory directory;
  private final ArchiveSettings settings;
  private final InstantSource clock;
  private final Deletion deletion;
  private long nextSweepMillis = Long.MIN_VALUE;

  ArchiveRetention(ArchiveDirectory directory, ArchiveSettings settings, InstantSource clock) {
    this(directory, settings, clock, directory::delete);
  }

  ArchiveRetention(
      ArchiveDirectory directory,
      ArchiveSettings settings,
      InstantSource clock,
      Deletion deletion) {
    this.directory = directory;
    this.settings = settings;
    this.clock = clock;
    this.deletion = deletion;
  }

  /**
   * Deletes of a camera what isn't kept any longer, and now and then of all cameras, so that one
   * that fell silent leaves nothing behind. What can't be deleted keeps nothing else from it.
   */
  Outcome apply(String camera) {
    if (clock.millis() < nextSweepMillis) {
      return sweep(List.of(camera));
    }
    nextSweepMillis = clock.millis() + SWEEP_EVERY.toMillis();
    try {
      return sweep(directory.cameras());
    } catch (IOException e) {
      return new Outcome(sweep(List.of(camera)).deleted(), e);
    }
  }

  private Outcome sweep(List<String> cameras) {
    int deleted = 0;
    IOException failure = null;
    for (String camera : cameras) {
      try {
        for (ArchiveDirectory.Entry entry : expired(directory.entries(camera))) {
          try {
            deletion.delete(entry);
            deleted++;
          } catch (IOException e) {
            failure = failure == null ? e : failure;
          }
        }
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
    return new Outcome(deleted, failure);
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
}
