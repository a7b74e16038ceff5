package io.andon.ingest.camera;

import io.andon.ingest.gate.I420Picture;
import io.andon.ingest.settings.CameraConfig;
import org.jspecify.annotations.Nullable;

/** Hears what happens at cameras; called by their threads, so it must not block. */
public interface CameraListener {
  /**
   * A frame was captured.
   *
   * @param pixels the decoded picture for the gate, good during this call only; null where there is
   *     none
   */
  void captured(CameraConfig camera, OutgoingFrame frame, @Nullable I420Picture pixels);

  /**
   * A frame came so late that the connection ends for it; it is not used.
   *
   * @param bytes size of its JPEG
   */
  void late(CameraConfig camera, int bytes);

  /**
   * A frame builds on pictures from before the connection; it is not used.
   *
   * @param bytes size of its JPEG
   */
  void unfounded(CameraConfig camera, int bytes);

  /** Frames come, for the first time or again. */
  void up(CameraConfig camera, long play);

  /**
   * The camera was lost or can't be reached, or now for another reason; each is told once until the
   * camera is back or the reason changes.
   *
   * @param detail for people; free of secrets
   */
  void down(CameraConfig camera, long play, StopReason reason, String detail);

  /** A connection ended and another will be made. */
  void reconnecting(CameraConfig camera, StopReason reason);
}
