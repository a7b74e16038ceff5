package io.andon.job.metrics;

import io.andon.contracts.DeadLetterReason;
import io.andon.detection.IncidentChange;
import io.andon.detection.Verdict;
import io.andon.embedding.flink.EmbeddedFrame;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The meters of one detecting subtask, to be closed with it. Used by one thread. */
public final class DetectMeters implements AutoCloseable {
  private final Counter scored = Meters.counter(JobMetric.SCORED);
  private final Counter missing = Meters.counter(JobMetric.MISSING);
  private final Counter unlabelled = Meters.counter(JobMetric.UNLABELLED_FRAMES);
  private final Timer captureToScore = Meters.timer(JobMetric.CAPTURE_TO_SCORE);
  private final Timer captureToEvent = Meters.timer(JobMetric.CAPTURE_TO_EVENT);
  private final CameraGauges gauges;
  private final CacheGauges cache = CacheGauges.open();
  private int liveCameras;
  private long stateBytes;

  private DetectMeters(int maxLabelledCameras) {
    this.gauges = new CameraGauges(maxLabelledCameras);
  }

  /**
   * The meters of a subtask.
   *
   * @param maxLabelledCameras cameras of the process that get gauges of their own
   */
  public static DetectMeters open(int maxLabelledCameras) {
    return new DetectMeters(maxLabelledCameras);
  }

  /**
   * A frame was scored.
   *
   * @param falseAlarmsPerDay the camera's budget
   */
  public void scored(
      EmbeddedFrame frame, Verdict verdict, double falseAlarmsPerDay, long nowMicros) {
    scored.increment();
    record(captureToScore, frame.metadata().capturedMicros(), nowMicros);
    if (!gauges.set(frame.metadata().camera(), verdict, falseAlarmsPerDay)) {
      unlabelled.increment();
    }
  }

  /** Frames of a camera were left out before the one that came. */
  public void missing(long frames) {
    missing.increment((double) frames);
  }

  /** An incident event was given. */
  public void incident(String camera, IncidentChange change) {
    String kind = change.kind().name().toLowerCase(Locale.ROOT);
    Meters.counter(JobMetric.INCIDENT_EVENTS, kind).increment();
    if (change.kind() == IncidentChange.Kind.OPENED) {
      gauges.incident(camera);
    }
  }

  /** An event was given because of the frame that it names, which was just judged. */
  public void frameTold(IncidentChange change, long nowMicros) {
    if (change.closeReason() != IncidentChange.CloseReason.SILENT) {
      record(captureToEvent, change.current().capturedMicros(), nowMicros);
    }
  }

  /** An incident is over since its camera sends nothing: its last frame says nothing of now. */
  public void silent(String camera) {
    gauges.unknown(camera);
  }

  /** A camera is gone for good. */
  public void retired(String camera) {
    gauges.remove(camera);
  }

  /** A frame was set aside. */
  public void deadLetter(DeadLetterReason reason) {
    IntakeMeters.deadLetter(reason);
  }

  /** A command was answered. */
  public void command(String outcome) {
    Meters.counter(JobMetric.CONTROL_COMMANDS, outcome).increment();
  }

  /** Size of the subtask's cache and what it wrote at a checkpoint. */
  public void cache(int cameras, long writtenBytes) {
    cache.add(cameras - liveCameras, writtenBytes - stateBytes);
    liveCameras = cameras;
    stateBytes = writtenBytes;
  }

  private static void record(Timer timer, long beginMicros, long endMicros) {
    timer.record(Math.max(0, endMicros - beginMicros), TimeUnit.MICROSECONDS);
  }

  @Override
  public void close() {
    cache(0, 0);
    cache.close();
    gauges.close();
  }
}
