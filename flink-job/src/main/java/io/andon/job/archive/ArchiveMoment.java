package io.andon.job.archive;

import io.andon.detection.CameraDetector;
import java.util.concurrent.TimeUnit;

/**
 * Where a detector stands in its own time. Whether a snapshot is due follows from where it stood
 * before and after a frame, so that a replay archives at the same frames as the first run did.
 *
 * @param ownMicros the detector's own time, microseconds
 * @param warm whether warm-up is done
 */
public record ArchiveMoment(long ownMicros, boolean warm) {
  /** Where the detector stands now. */
  public static ArchiveMoment of(CameraDetector detector) {
    return new ArchiveMoment(detector.ownTimeMicros(), detector.isWarm());
  }

  /**
   * Whether a snapshot is due at a frame: it ended the warm-up, or own time passed a multiple of
   * the interval, which lies elsewhere for each camera so that not all write at once. Nothing is
   * archived in warm-up, where no incident begins.
   *
   * @param after where the detector stands after the frame; this is where it stood before
   */
  boolean isDue(ArchiveMoment after, String camera, long intervalMillis) {
    if (!after.warm) {
      return false;
    }
    long interval = TimeUnit.MILLISECONDS.toMicros(intervalMillis);
    long shift = Math.floorMod(camera.hashCode() * 0x9E3779B97F4A7C15L, interval);
    return !warm || (ownMicros + shift) / interval != (after.ownMicros + shift) / interval;
  }
}
