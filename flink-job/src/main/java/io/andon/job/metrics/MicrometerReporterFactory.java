package io.andon.job.metrics;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Flink's way to {@link MicrometerReporter}: {@code metrics.reporter.andon.factory.class}, {@code
 * .host} (127.0.0.1), {@code .port} (19402; a range like {@code 19402-19410} takes the first free
 * one; 0 any), {@code .max-meters} (20000), and for HTTPS {@code .certificate} and {@code .key},
 * paths of PEM files.
 */
public final class MicrometerReporterFactory implements MetricReporterFactory {
  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return new MicrometerReporter();
  }
}
