package io.andon.detection;

/**
 * A fault of the camera that shows in its pictures begins or ends.
 *
 * @param fault which
 * @param active true when it begins, false when it ends
 * @param at frame that showed it
 */
public record HealthChange(Fault fault, boolean active, FrameStamp at) {
  /** Faults that can be seen in a picture. */
  public enum Fault {
    /** Nearly black. */
    DARK,
    /** Nearly white. */
    SATURATED,
    /** Hardly any structure: covered or out of focus. */
    COVERED,
    /** The same picture over and over, without even the sensor's noise. */
    FROZEN_PICTURE
  }
}
