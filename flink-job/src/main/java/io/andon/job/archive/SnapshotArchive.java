package io.andon.job.archive;

import io.andon.contracts.ClockSource;
import io.andon.detection.CameraDetector;
import io.andon.detection.FrameStamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Archives the detectors of one subtask. Called by the task's thread, which takes the snapshot
 * (some milliseconds, once an interval and camera) and leaves the rest to another.
 */
public final class SnapshotArchive implements AutoCloseable {
  private final ArchiveSettings settings;
  private final String framesTopic;
  private final Map<String, String> options;
  private final ArchiveNews news;
  private final ArchiveWriter writer;

  /**
   * @param settings where, how often, how long
   * @param framesTopic topic that frames are read from
   * @param options the detectors' options as configured, by name
   * @param clock the wall clock, for retention only
   * @param news hears what becomes of snapshots
   */
  public SnapshotArchive(
      ArchiveSettings settings,
      String framesTopic,
      Map<String, String> options,
      InstantSource clock,
      ArchiveNews news) {
    this.settings = settings;
    this.framesTopic = framesTopic;
    this.options = options;
    this.news = news;
    ArchiveDirectory directory = new ArchiveDirectory(settings.directory());
    ArchiveRetention retention = new ArchiveRetention(directory, settings, clock);
    this.writer = new ArchiveWriter(new ArchiveKeeper(directory, retention, news), news);
  }

  /**
   * Archives a detector if that is due at the frame that it has just seen.
   *
   * @param before where the detector stood before that frame
   * @param last the frame
   * @param clock which clock gave its capture time
   * @param space its embedding space
   */
  public void frameSeen(
      CameraDetector detector,
      String camera,
      ArchiveMoment before,
      FrameStamp last,
      ClockSource clock,
      String space) {
    if (!before.isDue(ArchiveMoment.of(detector), camera, settings.intervalMillis())) {
      return;
    }
    long startNanos = System.nanoTime();
    byte[] snapshot = detector.snapshot();
    news.taken(Duration.ofNanos(System.nanoTime() - startNanos));
    writer.offer(
        new ArchivedSnapshot(
            camera,
            framesTopic,
            last,
            clock,
            space,
            options,
            detector.settings().toString(),
            snapshot));
  }

  @Override
  public void close() {
    writer.close();
  }
}
