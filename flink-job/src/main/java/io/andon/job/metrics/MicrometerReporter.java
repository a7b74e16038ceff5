package io.andon.job.metrics;

import io.andon.config.tls.PemFiles;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.jspecify.annotations.Nullable;

/**
 * Puts every numeric metric of Flink and every meter of the application on one Prometheus endpoint
 * a process, with its memory, since when it runs and its wall clock. Beyond a bound on meters,
 * further ones of Flink are left out and counted.
 */
public final class MicrometerReporter implements MetricReporter {
  private static final int DEFAULT_MAX_METERS = 20_000;
  private static final double[] QUANTILES = {0.5, 0.95, 0.99, 1};

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Registered, List<Meter>> meters = new HashMap<>(); // guarded by itself
  private int maxMeters = DEFAULT_MAX_METERS;
  private int meterCount; // guarded by meters
  private @Nullable MetricsEndpoint endpoint;

  /** Flink registers some objects under several names, and takes each of them back. */
  private record Registered(Metric metric, String name, Set<Tag> tags) {
    static Registered of(Metric metric, String name, MetricGroup group) {
      return new Registered(
          metric, meterName(name, group), Set.copyOf(MicrometerReporter.tags(group)));
    }
  }

  @Override
  public void open(MetricConfig config) {
    maxMeters = config.getInteger("max-meters", DEFAULT_MAX_METERS);
    endpoint =
        MetricsEndpoint.start(
            config.getString("host", "127.0.0.1"),
            config.getString("port", "19402"),
            tls(config),
            registry::scrape);
    Metrics.addRegistry(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    TimeGauge.builder("process.clock", InstantSource.system()::millis, TimeUnit.MILLISECONDS)
        .description("Wall clock of the process, since the epoch")
        .register(registry);
  }

  private static @Nullable SSLContext tls(MetricConfig config) {
    String certificate = config.getString("certificate", "");
    String key = config.getString("key", "");
    if (certificate.isEmpty() && key.isEmpty()) {
      return null;
    }
    try {
      return PemFiles.server(Path.of(certificate), PemFiles.text(Path.of(key)));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "metrics.reporter.andon: certificate %s and key %s can't be used: %s"
              .formatted(certificate, key, e));
    }
  }

  /** The port it answers on. */
  int port() {
    return Objects.requireNonNull(endpoint, "the reporter is not open").port();
  }

  @Override
  public void close() {
    if (endpoint != null) {
      endpoint.close();
    }
    Metrics.removeRegistry(registry);
    registry.close();
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Gauge<?> gauge && !isNumeric(gauge)) {
      return;
    }
    synchronized (meters) {
      if (meterCount >= maxMeters) {
        registry.counter("andon.flink.metrics.left.out").increment();
        return;
      }
      List<Meter> added = register(metric, meterName(name, group), tags(group));
      List<Meter> before = meters.put(Registered.of(metric, name, group), added);
      meterCount += added.size() - (before == null ? 0 : before.size());
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    synchronized (meters) {
      List<Meter> removed = meters.remove(Registered.of(metric, name, group));
      if (removed != null) {
        for (Meter meter : removed) {
          if (meters.values().stream().noneMatch(others -> others.contains(meter))) {
            registry.remove(meter);
          }
        }
        meterCount -= removed.size();
      }
    }
  }

  private static boolean isNumeric(Gauge<?> gauge) {
    Object value = gauge.getValue();
    return value instanceof Number || value instanceof Boolean;
  }

  private static String meterName(String name, MetricGroup group) {
    return "flink."
        + LogicalScopeProvider.castFrom(group).getLogicalScope(text -> text, '.')
        + "."
        + name;
  }

  private static List<Tag> tags(MetricGroup group) {
    List<Tag> tags = new ArrayList<>();
    group
        .getAllVariables()
        .forEach(
            (key, value) -> {
              String bare = key.substring(1, key.length() - 1);
              tags.add(Tag.of(bare, value == null || value.isEmpty() ? "none" : value));
            });
    return tags;
  }

  private List<Meter> register(Metric metric, String name, List<Tag> tags) {
    if (metric instanceof Counter counter) {
      return List.of(counter(name, tags, counter));
    } else if (metric instanceof Gauge<?> gauge) {
      return List.of(gauge(name, tags, gauge, MicrometerReporter::number));
    } else if (metric instanceof org.apache.flink.metrics.Meter meter) {
      return List.of(gauge(name + ".rate", tags, meter, org.apache.flink.metrics.Meter::getRate));
    } else if (metric instanceof Histogram histogram) {
      return histogram(name, tags, histogram);
    }
    return List.of();
  }

  private Meter counter(String name, List<Tag> tags, Counter counter) {
    return FunctionCounter.builder(name, counter, Counter::getCount).tags(tags).register(registry);
  }

  private <T> Meter gauge(
      String name, List<Tag> tags, T source, java.util.function.ToDoubleFunction<T> value) {
    return io.micrometer.core.instrument.Gauge.builder(name, source, value)
        .tags(tags)
        .register(registry);
  }

  private List<Meter> histogram(String name, List<Tag> tags, Histogram histogram) {
    List<Meter> added = new ArrayList<>();
    for (double quantile : QUANTILES) {
      List<Tag> withQuantile = new ArrayList<>(tags);
      withQuantile.add(Tag.of("quantile", Double.toString(quantile)));
      added.add(gauge(name, withQuantile, histogram, h -> h.getStatistics().getQuantile(quantile)));
    }
    return added;
  }

  private static double number(Gauge<?> gauge) {
    Object value = gauge.getValue();
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
