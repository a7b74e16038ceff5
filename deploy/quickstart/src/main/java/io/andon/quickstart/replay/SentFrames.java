package io.andon.quickstart.replay;

import io.andon.contracts.ClockSource;
import io.andon.ingest.camera.OutgoingFrame;
import io.andon.ingest.overload.FrameThinning;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which frames ingest sends while the job lags; to be asked of each camera in the order of time.
 */
final class SentFrames {
  private static final byte[] NO_PICTURE = {};
  private static final long MICROS = 1_000_000;

  private final ShareCourse course;
  private final long startMicros;
  private final Map<String, FrameThinning> cameras = new TreeMap<>();

  SentFrames(ShareCourse course, long startMicros) {
    this.course = course;
    this.startMicros = startMicros;
  }

  /**
   * Frame intervals from the frame that was sent before to the camera's next frame, 1 or more; 0 if
   * that one is not sent.
   */
  int intervals(String camera, long capturedMicros) {
    OutgoingFrame frame =
        new OutgoingFrame(
            NO_PICTURE, 1, 1, capturedMicros, ClockSource.SENDER, false, false, false, 1);
    OutgoingFrame sent =
        cameras
            .computeIfAbsent(camera, id -> new FrameThinning())
            .admit(frame, course.at((capturedMicros - startMicros) / MICROS));
    return sent == null ? 0 : sent.intervals();
  }
}
