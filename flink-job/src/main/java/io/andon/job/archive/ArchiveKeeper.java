package io.andon.job.archive;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a snapshot into the archive and deletes what isn't kept any longer. */
final class ArchiveKeeper implements ArchiveWriter.Keeper {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveKeeper.class);

  private final ArchiveDirectory directory;
  private final ArchiveRetention retention;
  private final ArchiveNews news;

  ArchiveKeeper(ArchiveDirectory directory, ArchiveRetention retention, ArchiveNews news) {
    this.directory = directory;
    this.retention = retention;
    this.news = news;
  }

  @Override
  public void keep(ArchivedSnapshot snapshot) throws IOException {
    try {
      directory.write(snapshot.camera(), snapshot.name(), SnapshotCodec.encode(snapshot));
    } finally {
      // Also where it can't be written: nothing else makes room on a disk that the archive filled.
      deleteOld(snapshot.camera());
    }
  }

  private void deleteOld(String camera) {
    ArchiveRetention.Outcome outcome = retention.apply(camera);
    news.deleted(outcome.deleted());
    if (outcome.failure() != null) {
      news.deleteFailed(); // the next time tries again
      LOG.debug("old snapshots can't be deleted", outcome.failure());
    }
  }
}
