package io.andon.contracts;

import org.jspecify.annotations.Nullable;

/**
 * A fault of a camera begins or ends.
 *
 * @param camera camera id
 * @param fault which fault
 * @param active true when it begins, false when it ends
 * @param source who noticed
 * @param atMicros when; from {@link Source#JOB} the capture time of the frame that showed it, from
 *     {@link Source#INGEST} the wall clock; microseconds since the epoch
 * @param frame the frame that showed it; null where no frame did
 * @param detail for people, may be empty; at most {@link BoundedText#MAX_LENGTH} characters
 */
public record HealthEvent(
    String camera,
    Fault fault,
    boolean active,
    Source source,
    long atMicros,
    @Nullable CapturedFrame frame,
    String detail) {
  public HealthEvent {
    CameraId.require(camera);
    Bounds.micros("atMicros", atMicros);
    if (frame != null) {
      Bounds.same("camera of frame", frame.camera(), camera);
    }
    detail = BoundedText.of(detail);
  }

  /** Who noticed. */
  public enum Source implements WireNamed {
    JOB("job"),
    INGEST("ingest");

    private final String wireName;

    Source(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }

  /** What is wrong with the camera. */
  public enum Fault implements WireNamed {
    /** The picture is nearly black. */
    DARK("dark"),
    /** The picture is nearly white. */
    SATURATED("saturated"),
    /** Hardly any structure: covered or out of focus. */
    COVERED("covered"),
    /** The same picture over and over, without even the sensor's noise. */
    FROZEN_PICTURE("frozen-picture"),
    /** No connection to the camera. */
    UNREACHABLE("unreachable"),
    /** The camera refuses the credentials. */
    UNAUTHORIZED("unauthorized"),
    /** Connected, but no frames come. */
    STALLED("stalled"),
    /** What comes can't be decoded. */
    UNDECODABLE("undecodable"),
    /** The camera's clock is out of bounds, so arrival times are used. */
    CLOCK_DISTRUSTED("clock-distrusted");

    private final String wireName;

    Fault(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }
}
