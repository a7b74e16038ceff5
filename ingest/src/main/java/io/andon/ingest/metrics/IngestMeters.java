package io.andon.ingest.metrics;

import io.andon.ingest.camera.StopReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/**
 * The meters of {@link IngestMetric}. Thread-safe; each call costs a look-up by name and labels.
 */
public final class IngestMeters {
  private static final String CAMERA = "camera";
  private static final String REASON = "reason";
  private static final Duration[] LATENCY_BUCKETS = {
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(150),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;
  private final Counter healthEventsDropped;

  /**
   * Makes the meters.
   *
   * @param registry where they are kept
   */
  public IngestMeters(MeterRegistry registry) {
    this.registry = registry;
    healthEventsDropped =
        Counter.builder(IngestMetric.HEALTH_EVENTS_DROPPED.meterName())
            .description(IngestMetric.HEALTH_EVENTS_DROPPED.meaning())
            .register(registry);
  }

  /** A frame was pulled from a camera. */
  public void captured(String camera, int bytes) {
    counter(IngestMetric.FRAMES_CAPTURED, camera).increment();
    DistributionSummary.builder(IngestMetric.FRAME_SIZE.meterName())
        .description(IngestMetric.FRAME_SIZE.meaning())
        .baseUnit(IngestMetric.FRAME_SIZE.unit())
        .tag(CAMERA, camera)
        .register(registry)
        .record(bytes);
  }

  /** A frame was acknowledged by Kafka, so long after its capture. */
  public void sent(String camera, long latencyMicros) {
    counter(IngestMetric.FRAMES_SENT, camera).increment();
    Timer.builder(IngestMetric.CAPTURE_TO_SENT.meterName())
        .description(IngestMetric.CAPTURE_TO_SENT.meaning())
        .tag(CAMERA, camera)
        .serviceLevelObjectives(LATENCY_BUCKETS)
        .register(registry)
        .record(Duration.ofNanos(Math.max(0, latencyMicros) * 1000));
  }

  /** A frame that was sent went without its picture. */
  public void gated(String camera) {
    counter(IngestMetric.FRAMES_GATED, camera).increment();
  }

  /** A frame was dropped. */
  public void dropped(String camera, DropReason reason) {
    counter(IngestMetric.FRAMES_DROPPED, camera, reason.wireName()).increment();
  }

  /** A connection was made anew. */
  public void reconnected(String camera, StopReason reason) {
    counter(IngestMetric.RECONNECTS, camera, reason.wireName()).increment();
  }

  /** A health event was dropped. */
  public void healthEventDropped() {
    healthEventsDropped.increment();
  }

  /** Watches a camera's queue. */
  public void queueDepth(String camera, IntSupplier frames) {
    gauge(IngestMetric.QUEUE_DEPTH, camera, frames);
  }

  /** Watches a camera's connection and clock. */
  public void camera(String camera, BooleanSupplier up, BooleanSupplier senderClock) {
    gauge(IngestMetric.CAMERA_UP, camera, () -> up.getAsBoolean() ? 1 : 0);
    gauge(IngestMetric.SENDER_CLOCK, camera, () -> senderClock.getAsBoolean() ? 1 : 0);
  }

  /** Watches the job's lag and the share of frames that is sent. */
  public void overload(DoubleSupplier lagSeconds, DoubleSupplier share) {
    gauge(IngestMetric.JOB_LAG, lagSeconds);
    gauge(IngestMetric.SENT_SHARE, share);
  }

  /** Watches whether the job's scores can be read. */
  public void scoresReadable(BooleanSupplier readable) {
    gauge(IngestMetric.SCORES_READABLE, () -> readable.getAsBoolean() ? 1 : 0);
  }

  private void gauge(IngestMetric metric, DoubleSupplier value) {
    Gauge.builder(metric.meterName(), value::getAsDouble)
        .description(metric.meaning())
        .strongReference(true)
        .register(registry);
  }

  private void gauge(IngestMetric metric, String camera, IntSupplier value) {
    Gauge.builder(metric.meterName(), value::getAsInt)
        .description(metric.meaning())
        .tag(CAMERA, camera)
        .strongReference(true)
        .register(registry);
  }

  private Counter counter(IngestMetric metric, String camera) {
    return Counter.builder(metric.meterName())
        .description(metric.meaning())
        .tag(CAMERA, camera)
        .register(registry);
  }

  private Counter counter(IngestMetric metric, String camera, String reason) {
    return Counter.builder(metric.meterName())
        .description(metric.meaning())
        .tag(CAMERA, camera)
        .tag(REASON, reason)
        .register(registry);
  }
}
