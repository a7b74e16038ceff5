package io.andon.job.detect;

import io.andon.detection.DetectorSettings;
import io.andon.job.archive.ArchiveSettings;
import io.andon.job.archive.SnapshotArchive;
import io.andon.job.metrics.ArchiveMeters;
import java.io.Serializable;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * How the detecting operator runs.
 *
 * @param framesTopic topic that frames are read from, for evidence by reference
 * @param detector settings of each camera's detector, taken anew at each restore
 * @param maxLiveCameras detectors a subtask keeps in memory, 1 or more
 * @param maxLabelledCameras cameras of this process that get metrics of their own, 0 or more
 * @param archive where snapshots are archived for replays, null for nowhere
 * @param clock gives latencies and the age of archived files only; serializable
 */
public record DetectSettings(
    String framesTopic,
    DetectorOptions detector,
    int maxLiveCameras,
    int maxLabelledCameras,
    @Nullable ArchiveSettings archive,
    Clock clock)
    implements Serializable {

  DetectorSettings detectorSettings() {
    return detector.settings();
  }

  /** The archive of a subtask, null where none is wanted. */
  @Nullable SnapshotArchive openArchive() {
    return archive == null
        ? null
        : new SnapshotArchive(archive, framesTopic, detector.named(), clock, ArchiveMeters.COUNTED);
  }
}
