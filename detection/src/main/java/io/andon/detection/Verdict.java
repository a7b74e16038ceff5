package io.andon.detection;

import java.util.List;

/**
 * What the detector says of one frame.
 *
 * @param stamp which frame
 * @param score combined score, 1.0 is the alarm level; 0 while warming up
 * @param pValue calibrated p-value, 0..1; 1 while warming up
 * @param state the camera's state after the frame
 * @param warmUpProgress 0..1
 * @param incidents steps in the life of incidents, in order
 * @param health camera faults that begin or end
 * @param commands commands that act from this frame
 */
public record Verdict(
    FrameStamp stamp,
    double score,
    double pValue,
    CameraState state,
    double warmUpProgress,
    List<IncidentChange> incidents,
    List<HealthChange> health,
    List<CommandApplied> commands) {
  public Verdict {
    incidents = List.copyOf(incidents);
    health = List.copyOf(health);
    commands = List.copyOf(commands);
  }
}
