package io.andon.detection;

import java.util.List;

/**
 * What a camera that is gone for good has left open, ended now.
 *
 * @param last its last frame
 * @param incidents the closing of its incident, if one was open
 * @param health the end of each camera fault that had begun
 */
public record OpenEnds(FrameStamp last, List<IncidentChange> incidents, List<HealthChange> health) {
  public OpenEnds {
    incidents = List.copyOf(incidents);
    health = List.copyOf(health);
  }
}
