package io.andon.detection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step in the life of an incident. Together with its camera, id and revision name it for good:
 * a replay gives the same change under the same name.
 *
 * @param kind what happened
 * @param id stable over the incident's life, a pure function of camera and first frame
 * @param revision 0 for opened, then counting up
 * @param first first frame of the incident
 * @param current frame that caused this change; for {@link CloseReason#SILENT} the last one seen
 * @param peak frame with the highest score so far
 * @param peakScore score of the peak frame
 * @param pValue smallest calibrated p-value so far, 0..1
 * @param evidence accumulated evidence over the alarm threshold; 1 is the level that opens
 * @param budgetPerDay false alarms a day that the user allows
 * @param certifiedPerDay smallest rate that the normal time collected so far can certify
 * @param channel which score spoke
 * @param boxes connected hot cells of the peak frame, hottest first, at most 8
 * @param heatMap heat of the peak frame
 * @param nearestNormal the normal frame the peak frame's hottest cell resembles most, if known
 * @param baselineVersion counts the learning steps of the baseline the peak frame met
 * @param space embedding space
 * @param closeReason set on {@link Kind#CLOSED} only
 * @param cycle the machine's cycle at the peak; set where {@link Channel#CYCLE} spoke loudest
 */
public record IncidentChange(
    Kind kind,
    String id,
    int revision,
    FrameStamp first,
    FrameStamp current,
    FrameStamp peak,
    double peakScore,
    double pValue,
    double evidence,
    double budgetPerDay,
    double certifiedPerDay,
    Channel channel,
    List<HotBox> boxes,
    HeatMap heatMap,
    @Nullable FrameStamp nearestNormal,
    long baselineVersion,
    String space,
    @Nullable CloseReason closeReason,
    @Nullable CycleState cycle) {
  /** Longest explanation, in characters. */
  public static final int MAX_EXPLANATION = 300;

  public IncidentChange {
    boxes = List.copyOf(boxes);
  }

  /**
   * The evidence in words, 1..{@value #MAX_EXPLANATION} characters; a pure function of the rest.
   */
  public String explanation() {
    return Explanation.of(this);
  }

  /** Whether the budget is certified by the normal time collected so far. */
  public boolean certified() {
    return certifiedPerDay <= budgetPerDay;
  }

  /** What happened to the incident. */
  public enum Kind {
    OPENED,
    UPDATED,
    CLOSED
  }

  /** Which score spoke loudest. */
  public enum Channel {
    /** A cell looks unlike anything normal seen there. */
    APPEARANCE,
    /** A cell looks unusual and moves. */
    MOTION,
    /** There is more or less movement than there ever is. */
    ACTIVITY,
    /** The picture as a whole is unusual. */
    SCENE,
    /** A normal picture comes at the wrong time of the machine's cycle. */
    CYCLE
  }

  /** Why an incident closed. */
  public enum CloseReason {
    /** The scores went back to normal. */
    NORMAL_AGAIN,
    /** The camera fell silent. */
    SILENT,
    /** An operator said that it is normal, or reset the camera. */
    OPERATOR,
    /** The embedding space or the picture's size changed. */
    SPACE_CHANGED,
    /** Most of the picture has become another, lasting one, which is the normal one from now on. */
    SCENE_CHANGED
  }
}
