package io.andon.bench.evaluate;

import io.andon.detection.CameraDetector;
import io.andon.detection.CellHeat;
import io.andon.detection.Command;
import io.andon.detection.DetectorScores;
import io.andon.detection.DetectorSettings;
import io.andon.detection.FrameStamp;
import io.andon.detection.IncidentChange;
import io.andon.detection.Observation;
import io.andon.detection.Verdict;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One pass of one camera's detector, with its incidents by frame number (a frame's Kafka offset)
 * and the CPU time that detection took.
 */
final class DetectorRun {
  /**
   * An incident.
   *
   * @param first frame of its first evidence
   * @param opened frame at which it was told
   * @param closed frame at which it was no longer open
   * @param certifiedPerDay false alarms a day that could be certified when it opened
   */
  record Incident(int first, int opened, int closed, double certifiedPerDay) {
    /** Whether it was open, or on its way, at some frame from..to. */
    boolean touches(int from, int to) {
      return first <= to && closed > from;
    }

    /** Whether it was open at some frame from..to. */
    boolean isOpenDuring(int from, int to) {
      return opened <= to && closed > from;
    }
  }

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final CameraDetector detector;
  private final List<Incident> incidents = new ArrayList<>();
  private @Nullable IncidentChange open;
  private long cpuNanos;
  private int frames;

  DetectorRun(String camera, DetectorSettings settings) {
    detector = CameraDetector.create(camera, settings);
  }

  Verdict observe(Observation frame) {
    return timed(() -> detector.observe(frame));
  }

  /** A frame that says no more than that the last picture is unchanged. */
  Verdict repeat(FrameStamp stamp) {
    return timed(() -> detector.repeat(stamp, false));
  }

  private Verdict timed(Supplier<Verdict> step) {
    long before = threads.getCurrentThreadCpuTime();
    Verdict verdict = step.get();
    cpuNanos += threads.getCurrentThreadCpuTime() - before;
    frames++;
    note(verdict.incidents(), number(verdict.stamp().offset()));
    return verdict;
  }

  /** Event time has reached this point without a frame. */
  void silence(long eventTimeMicros, int nextFrame) {
    note(detector.silence(eventTimeMicros), nextFrame);
  }

  /** Stops learning from this capture time on. */
  void freeze(long micros) {
    detector.accept(new Command.Freeze("evaluate-freeze", micros, true));
  }

  private void note(List<IncidentChange> changes, int frame) {
    for (IncidentChange change : changes) {
      if (change.kind() == IncidentChange.Kind.OPENED) {
        open = change;
      } else if (change.kind() == IncidentChange.Kind.CLOSED) {
        close(frame);
      }
    }
  }

  private void close(int frame) {
    if (open != null) {
      incidents.add(
          new Incident(
              number(open.first().offset()),
              number(open.current().offset()),
              frame,
              open.certifiedPerDay()));
      open = null;
    }
  }

  private static int number(long offset) {
    return Math.toIntExact(offset);
  }

  /** All incidents; one that is still open counts as closed now. */
  List<Incident> incidents() {
    close(Integer.MAX_VALUE);
    return List.copyOf(incidents);
  }

  /** Whether warm-up is over. */
  boolean isWarm() {
    return detector.isWarm();
  }

  DetectorScores lastScores() {
    return detector.lastScores();
  }

  Optional<CellHeat> lastHeat() {
    return detector.lastHeat();
  }

  /** CPU time of detection a frame, milliseconds. */
  double millisAFrame() {
    return cpuNanos / 1e6 / Math.max(1, frames);
  }

  /** Size of the camera's state now, bytes. */
  int stateBytes() {
    return detector.snapshot().length;
  }
}
