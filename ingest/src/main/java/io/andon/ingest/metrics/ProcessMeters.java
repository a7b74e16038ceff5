package io.andon.ingest.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Meters of the process itself: memory, garbage collection, CPU, since when it runs, by which a
 * process that dies and starts again and again is told, and its wall clock, which Prometheus sets
 * against its own. Closing takes back what listens to the JVM.
 */
public final class ProcessMeters implements AutoCloseable {
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /**
   * @param registry where they are kept
   * @param clock wall clock of the process
   */
  public ProcessMeters(MeterRegistry registry, InstantSource clock) {
    TimeGauge.builder("process.clock", clock::millis, TimeUnit.MILLISECONDS)
        .description("Wall clock of the process, since the epoch")
        .register(registry);
    new UptimeMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  @Override
  public void close() {
    collections.close();
  }
}
