package io.andon.embedding.flink;

import io.andon.contracts.DeadLetterReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The meters of one subtask on Micrometer's global registry. Counters and timers of all subtasks
 * are the same; the gauges sum over them and are removed with the last subtask, so that no meter
 * keeps a job's class loader alive.
 */
final class EmbedMeters implements AutoCloseable {
  private static final Duration[] TIME_BUCKETS = {
    Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10),
    Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200),
    Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30)
  };

  private static final AtomicLong QUEUE_FRAMES = new AtomicLong();
  private static final AtomicLong IN_FLIGHT_FRAMES = new AtomicLong();
  private static final List<Gauge> GAUGES = new ArrayList<>(); // guarded by itself
  private static int users; // guarded by GAUGES

  private final DistributionSummary batchFrames;
  private final Timer modelTime = timer(EmbedMeter.MODEL_TIME);
  private final Timer decodeTime = timer(EmbedMeter.DECODE_TIME);
  private final Counter frames;
  private final Counter repeated;

  private EmbedMeters() {
    batchFrames =
        DistributionSummary.builder(EmbedMeter.BATCH_FRAMES.meterName())
            .baseUnit(EmbedMeter.BATCH_FRAMES.unit())
            .description(EmbedMeter.BATCH_FRAMES.meaning())
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64)
            .register(Metrics.globalRegistry);
    frames = counter(EmbedMeter.FRAMES).register(Metrics.globalRegistry);
    repeated = counter(EmbedMeter.REPEATED).register(Metrics.globalRegistry);
  }

  /** The meters for one subtask, to be closed with it. */
  static EmbedMeters open() {
    synchronized (GAUGES) {
      if (users++ == 0) {
        GAUGES.add(gauge(EmbedMeter.QUEUE_FRAMES, QUEUE_FRAMES));
        GAUGES.add(gauge(EmbedMeter.IN_FLIGHT_FRAMES, IN_FLIGHT_FRAMES));
      }
    }
    return new EmbedMeters();
  }

  @Override
  public void close() {
    synchronized (GAUGES) {
      if (--users == 0) {
        GAUGES.forEach(Metrics.globalRegistry::remove);
        GAUGES.clear();
      }
    }
  }

  void batchEmbedded(int batchSize, Duration time) {
    batchFrames.record(batchSize);
    modelTime.record(time);
  }

  void pictureDecoded(Duration time) {
    decodeTime.record(time);
  }

  void frameEmbedded() {
    frames.increment();
  }

  void frameRepeated() {
    repeated.increment();
  }

  void frameRejected(DeadLetterReason reason) {
    counter(EmbedMeter.REJECTED)
        .tag(EmbedMeter.REJECTED.labels().get(0), reason.wireName())
        .register(Metrics.globalRegistry)
        .increment();
  }

  /** Frames of the process that wait for the model. */
  static long queuedFrames() {
    return QUEUE_FRAMES.get();
  }

  void addQueued(long count) {
    QUEUE_FRAMES.addAndGet(count);
  }

  void addInFlight(long count) {
    IN_FLIGHT_FRAMES.addAndGet(count);
  }

  private static Counter.Builder counter(EmbedMeter meter) {
    return Counter.builder(meter.meterName()).baseUnit(meter.unit()).description(meter.meaning());
  }

  private static Timer timer(EmbedMeter meter) {
    return Timer.builder(meter.meterName())
        .description(meter.meaning())
        .serviceLevelObjectives(TIME_BUCKETS)
        .register(Metrics.globalRegistry);
  }

  private static Gauge gauge(EmbedMeter meter, AtomicLong value) {
    return Gauge.builder(meter.meterName(), value, AtomicLong::doubleValue)
        .baseUnit(meter.unit())
        .description(meter.meaning())
        .register(Metrics.globalRegistry);
  }
}
