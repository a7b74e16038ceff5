package io.andon.job.kafka;

import io.andon.job.frames.SourceContact;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/**
 * Hears the brokers by the bytes that this process' consumers received: a broker answers a fetch at
 * least twice a second, with or without records. Kafka makes it by name and puts it beside its own
 * reporters.
 */
public final class BrokerContact implements MetricsReporter {
  private static final String GROUP = "consumer-metrics";
  private static final String RECEIVED = "incoming-byte-total";
  private static final Set<KafkaMetric> METERS = ConcurrentHashMap.newKeySet();

  /** Bytes received so far by the consumers that live. */
  static final SourceContact CONTACT =
      () -> METERS.stream().mapToDouble(meter -> (double) meter.metricValue()).sum();

  @Override
  public void init(List<KafkaMetric> metrics) {
    metrics.forEach(this::metricChange);
  }

  @Override
  public void metricChange(KafkaMetric metric) {
    MetricName name = metric.metricName();
    if (name.group().equals(GROUP) && name.name().equals(RECEIVED)) {
      METERS.add(metric);
    }
  }

  @Override
  public void metricRemoval(KafkaMetric metric) {
    METERS.remove(metric);
  }

  @Override
  public void configure(Map<String, ?> configs) {
    // needs none
  }

  @Override
  public void close() {
    // Kafka removes each metric before
  }
}
