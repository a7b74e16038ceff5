package io.andon.job.archive;

import io.andon.contracts.ClockSource;
import io.andon.detection.FrameStamp;
import java.util.Map;
import java.util.TreeMap;

/**
 * A detector's snapshot, and what has to be known to go on from it.
 *
 * @param camera camera id
 * @param framesTopic topic of the camera's frames
 * @param last last frame that the detector has seen
 * @param clock which clock gave that frame's capture time
 * @param space embedding space of that frame: model, version, precision and decoder
 * @param options the detector's options as they were configured, by name
 * @param settings all settings of the detector as text; differs where other defaults were built in
 * @param detector the detector's own snapshot; not to be changed
 */
public record ArchivedSnapshot(
    String camera,
    String framesTopic,
    FrameStamp last,
    ClockSource clock,
    String space,
    Map<String, String> options,
    String settings,
    byte[] detector) {
  public ArchivedSnapshot {
    options = java.util.Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /** Its name in the archive. */
  public SnapshotName name() {
    return SnapshotName.of(last);
  }
}
