package io.andon.job.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Sums over the detecting subtasks of the process; gone with the last of them. */
final class CacheGauges implements AutoCloseable {
  private static final AtomicLong CAMERAS = new AtomicLong();
  private static final AtomicLong BYTES = new AtomicLong();
  private static final List<Gauge> GAUGES = new ArrayList<>(); // guarded by itself
  private static int users; // guarded by GAUGES

  private CacheGauges() {}

  static CacheGauges open() {
    synchronized (GAUGES) {
      if (users++ == 0) {
        GAUGES.add(Meters.gauge(JobMetric.LIVE_CAMERAS, CAMERAS::get));
        GAUGES.add(Meters.gauge(JobMetric.STATE_BYTES, BYTES::get));
      }
    }
    return new CacheGauges();
  }

  void add(int cameras, long bytes) {
    CAMERAS.addAndGet(cameras);
    BYTES.addAndGet(bytes);
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
}
