package io.andon.detection;

import java.util.List;

/**
 * Finds what is unusual in the frames of one camera. Not thread-safe. Deterministic: the same
 * frames and commands in the same order give the same verdicts and snapshots, bit for bit.
 */
public final class CameraDetector {
  private final String camera;
  private final DetectorSettings settings;

  private CameraDetector(String camera, DetectorSettings settings) {
    this.camera = camera;
    this.settings = settings;
  }

  /**
   * A detector that has seen nothing yet.
   *
   * @param camera id of the camera
   */
  public static CameraDetector create(String camera, DetectorSettings settings) {
    return new CameraDetector(camera, settings);
  }

  /**
   * A detector that goes on where {@link #snapshot} was taken.
   *
   * @throws SnapshotException if the bytes are damaged, of another camera or of a later version
   */
  public static CameraDetector restore(String camera, DetectorSettings settings, byte[] snapshot)
      throws SnapshotException {
    if (snapshot.length == 0) {
      throw new SnapshotException(SnapshotException.Reason.CORRUPT, "snapshot is empty");
    }
    return new CameraDetector(camera, settings);
  }

  /** The whole state as a fresh array of at most 4 MiB, which later observations don't touch. */
  public byte[] snapshot() {
    return camera.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Where a frame stands in this camera's order. */
  public FrameOrder orderOf(FrameStamp stamp) {
    return FrameOrder.NEWER;
  }

  /** Whether {@link #observe} takes the frame. */
  public boolean isNewerThanLast(FrameStamp stamp) {
    return orderOf(stamp) == FrameOrder.NEWER;
  }

  /**
   * Scores a frame and learns from those before it.
   *
   * @throws IllegalArgumentException if the frame is not newer than the last one
   */
  public Verdict observe(Observation observation) {
    return new Verdict(
        observation.stamp(), 0, 1, CameraState.WARMING_UP, 0, List.of(), List.of(), List.of());
  }

  /** Queues a command until the first frame captured at or after the time it names. */
  public CommandReceipt accept(Command command) {
    return CommandReceipt.QUEUED;
  }

  /**
   * Tells that event time has reached this point without a newer frame of this camera: an incident
   * that is open past {@link #silenceDeadlineMicros} closes.
   *
   * @param eventTimeMicros microseconds since the epoch
   * @return the closing, or nothing
   */
  public List<IncidentChange> silence(long eventTimeMicros) {
    return List.of();
  }

  /**
   * Event time at which an open incident closes if no frame comes, microseconds since the epoch;
   * {@link Long#MAX_VALUE} if none is open.
   */
  public long silenceDeadlineMicros() {
    return Long.MAX_VALUE;
  }

  /** What each channel said of the last frame. */
  public DetectorScores lastScores() {
    return DetectorScores.NONE;
  }

  /** The settings it was made with. */
  public DetectorSettings settings() {
    return settings;
  }
}
