package io.andon.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step in the life of an incident, as consumers see it. Incident id and revision name it for
 * good; the same name always comes with the same bytes.
 *
 * @param kind what happened
 * @param incidentId stable over the incident's life, 1 to 128 characters
 * @param revision 0 for opened, then counting up
 * @param camera camera id
 * @param first first frame of the incident
 * @param peak frame with the highest score so far
 * @param current frame that caused this event; for {@link CloseReason#SILENT} the last one seen
 * @param nearestNormal the normal frame that the peak frame resembles most, if known
 * @param clock which clock gave the capture time of the current frame
 * @param peakScore score of the peak frame; 1 is the alarm level
 * @param pValue smallest calibrated p-value so far, 0..1
 * @param evidence accumulated evidence; 1 is the level that opens an incident
 * @param budgetPerDay false alarms a day that the user allows
 * @param certified whether the normal time seen so far certifies the budget
 * @param certifiedPerDay smallest rate that can be certified so far; on the wire, infinity is
 *     written as 1000000000
 * @param channel which score spoke loudest
 * @param boxes connected hot areas of the peak frame, hottest first, at most {@link #MAX_BOXES}
 * @param heat heat of the peak frame
 * @param space embedding space, 1 to 256 characters
 * @param baselineVersion counts the learning steps of the baseline that the peak frame met
 * @param closeReason set exactly for {@link Kind#CLOSED}
 * @param explanation the evidence in words, at most {@link #MAX_EXPLANATION} characters; empty
 *     where none was given
 * @param cycle the machine's cycle at the peak frame; null where another channel than {@link
 *     Channel#CYCLE} spoke loudest
 */
public record IncidentEvent(
    Kind kind,
    String incidentId,
    int revision,
    String camera,
    CapturedFrame first,
    CapturedFrame peak,
    CapturedFrame current,
    @Nullable CapturedFrame nearestNormal,
    ClockSource clock,
    double peakScore,
    double pValue,
    double evidence,
    double budgetPerDay,
    boolean certified,
    double certifiedPerDay,
    Channel channel,
    List<Box> boxes,
    Heat heat,
    String space,
    long baselineVersion,
    @Nullable CloseReason closeReason,
    String explanation,
    @Nullable Cycle cycle) {
  /** Most boxes of an event. */
  public static final int MAX_BOXES = 8;

  /** Longest explanation, in characters. */
  public static final int MAX_EXPLANATION = 300;

  public IncidentEvent {
    CameraId.require(camera);
    Bounds.text("incidentId", incidentId, Bounds.MAX_ID);
    Bounds.within("revision", revision, 0, Integer.MAX_VALUE);
    Bounds.same("camera of first", first.camera(), camera);
    Bounds.same("camera of peak", peak.camera(), camera);
    Bounds.same("camera of current", current.camera(), camera);
    Bounds.notNaN("peakScore", peakScore);
    Bounds.within("pValue", pValue, 0, 1);
    Bounds.notNaN("evidence", evidence);
    Bounds.notNaN("budgetPerDay", budgetPerDay);
    Bounds.notNaN("certifiedPerDay", certifiedPerDay);
    Bounds.text("space", space, Bounds.MAX_SPACE);
    Bounds.within("baselineVersion", baselineVersion, 0, Long.MAX_VALUE);
    Bounds.within("boxes", boxes.size(), 0, MAX_BOXES);
    Bounds.same("closeReason given", closeReason != null, kind == Kind.CLOSED);
    Bounds.within("explanation characters", explanation.length(), 0, MAX_EXPLANATION);
    boxes = List.copyOf(boxes);
  }

  /** The event's name: an event that comes a second time under it can be dropped. */
  public String eventId() {
    return incidentId + "." + revision;
  }

  /**
   * A box in the coordinates of the camera's picture.
   *
   * @param x left edge, pixels
   * @param y top edge, pixels
   * @param width pixels
   * @param height pixels
   * @param score highest score inside
   */
  public record Box(int x, int y, int width, int height, double score) {
    public Box {
      Bounds.within("x", x, 0, FrameHeaders.MAX_SIDE);
      Bounds.within("y", y, 0, FrameHeaders.MAX_SIDE);
      Bounds.within("width", width, 0, FrameHeaders.MAX_SIDE);
      Bounds.within("height", height, 0, FrameHeaders.MAX_SIDE);
      Bounds.notNaN("score", score);
    }
  }

  /**
   * The cycle of the machine that the camera watches.
   *
   * @param usualSeconds how long a cycle took when it was learnt, above 0
   * @param currentSeconds how long the latest cycles take, above 0
   * @param phase how far the machine is in its cycle, 0..1; where 0 lies is arbitrary but fixed
   */
  public record Cycle(double usualSeconds, double currentSeconds, double phase) {
    /** Longest cycle, seconds. */
    public static final int MAX_SECONDS = 86_400;

    public Cycle {
      Bounds.within("usualSeconds", usualSeconds, 0, MAX_SECONDS);
      Bounds.within("currentSeconds", currentSeconds, 0, MAX_SECONDS);
      Bounds.within("phase", phase, 0, 1);
    }
  }

  /**
   * How unusual each cell of the picture is.
   *
   * @param rows 0 to {@link #MAX_SIDE}
   * @param columns 0 to {@link #MAX_SIDE}
   * @param values {@code rows * columns} values, row-major, each 0..255; 128 is the alarm level
   */
  public record Heat(int rows, int columns, byte[] values) {
    /** Most rows and columns. */
    public static final int MAX_SIDE = 256;

    public Heat {
      Bounds.within("rows", rows, 0, MAX_SIDE);
      Bounds.within("columns", columns, 0, MAX_SIDE);
      Bounds.within("heat values", values.length, (long) rows * columns, (long) rows * columns);
    }
  }

  /** What happened to the incident. */
  public enum Kind implements WireNamed {
    OPENED("opened"),
    UPDATED("updated"),
    CLOSED("closed");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }

  /** Which score spoke loudest. */
  public enum Channel implements WireNamed {
    /** A cell looks unlike anything normal seen there. */
    APPEARANCE("appearance"),
    /** A cell looks unusual and moves. */
    MOTION("motion"),
    /** There is more or less movement than there ever is. */
    ACTIVITY("activity"),
    /** The picture as a whole is unusual. */
    SCENE("scene"),
    /** A normal picture comes at the wrong time of the machine's cycle. */
    CYCLE("cycle");

    private final String wireName;

    Channel(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }

  /** Why an incident closed. */
  public enum CloseReason implements WireNamed {
    /** The scores went back to normal. */
    NORMAL_AGAIN("normal-again"),
    /** The camera fell silent. */
    SILENT("silent"),
    /** An operator said that it is normal, or reset the camera. */
    OPERATOR("operator"),
    /** The embedding space or the picture's size changed. */
    SPACE_CHANGED("space-changed"),
    /** Most of the picture has become another, lasting one, which is normal from now on. */
    SCENE_CHANGED("scene-changed");

    private final String wireName;

    CloseReason(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }
}
