package io.andon.ingest;

import io.andon.contracts.HealthEvent;
import io.andon.contracts.HealthEvent.Fault;
import io.andon.ingest.camera.StopReason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one camera: its connection has one fault at a time, its clock may have one
 * beside, and whatever begins ends. At the start every fault may be open, left by a process before
 * this one, so the first news ends all that do not hold. Used by one thread.
 */
final class CameraFaults {
  private static final Set<Fault> OF_CONNECTIONS =
      EnumSet.of(Fault.UNREACHABLE, Fault.UNAUTHORIZED, Fault.STALLED, Fault.UNDECODABLE);

  private final String camera;

  // What is open, or may be.
  private final Set<Fault> open = EnumSet.copyOf(OF_CONNECTIONS);
  private @Nullable Fault begun;
  private boolean clockDistrusted;
  private boolean started;

  /**
   * Makes the faults of a camera of which nothing is known.
   *
   * @param camera camera id
   */
  CameraFaults(String camera) {
    this.camera = camera;
  }

  /**
   * Frames come.
   *
   * @param nowMicros wall clock, microseconds since the epoch
   * @return what is to be told, in order
   */
  List<HealthEvent> up(long nowMicros) {
    begun = null;
    List<HealthEvent> news = new ArrayList<>();
    endAllBut(null, "frames come", nowMicros, news);
    endClocksAtTheStart(nowMicros, news);
    return news;
  }

  /**
   * A connection failed or ended.
   *
   * @param detail for people; free of secrets
   * @param nowMicros wall clock, microseconds since the epoch
   * @return what is to be told, in order: never that all is well in between
   */
  List<HealthEvent> down(StopReason reason, String detail, long nowMicros) {
    Fault fault = faultOf(reason);
    List<HealthEvent> news = new ArrayList<>();
    if (fault != begun) {
      begun = fault;
      news.add(event(fault, true, detail, nowMicros));
      endAllBut(fault, "now " + fault.wireName(), nowMicros, news);
      open.add(fault);
      endClocksAtTheStart(nowMicros, news);
    }
    return news;
  }

  /**
   * The camera gave a capture time of its own. A camera that gives none changes nothing: each
   * connection begins like that.
   *
   * @param distrusted whether it was too far from arrival to be believed
   * @param nowMicros wall clock, microseconds since the epoch
   * @return what is to be told
   */
  List<HealthEvent> clock(boolean distrusted, long nowMicros) {
    if (distrusted == clockDistrusted) {
      return List.of();
    }
    clockDistrusted = distrusted;
    String detail =
        distrusted
            ? "the camera's clock is too far from arrival, so arrival times are used"
            : "the camera's clock is used";
    return List.of(event(Fault.CLOCK_DISTRUSTED, distrusted, detail, nowMicros));
  }

  private void endClocksAtTheStart(long nowMicros, List<HealthEvent> news) {
    if (!started) {
      started = true;
      news.add(event(Fault.CLOCK_DISTRUSTED, false, "nothing is known yet", nowMicros));
    }
  }

  private void endAllBut(
      @Nullable Fault kept, String detail, long nowMicros, List<HealthEvent> news) {
    for (Fault fault : open) {
      if (fault != kept) {
        news.add(event(fault, false, detail, nowMicros));
      }
    }
    open.clear();
  }

  private HealthEvent event(Fault fault, boolean active, String detail, long nowMicros) {
    return new HealthEvent(
        camera, fault, active, HealthEvent.Source.INGEST, nowMicros, null, detail);
  }

  private static Fault faultOf(StopReason reason) {
    return switch (reason) {
      case UNREACHABLE, NOT_FOUND, END_OF_STREAM -> Fault.UNREACHABLE;
      case UNAUTHORIZED -> Fault.UNAUTHORIZED;
      case STALL, LAG -> Fault.STALLED;
      case STREAM_ERROR, PIPELINE -> Fault.UNDECODABLE;
    };
  }
}
