package io.andon.job.kafka;

import io.andon.job.JobEnds;
import io.andon.job.JobOutput;
import io.andon.job.events.OutboundRecord;
import io.andon.job.frames.RawRecord;
import io.andon.job.frames.SourceContact;
import java.time.Clock;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.metrics.JmxReporter;

/**
 * A job's ends on Kafka. Incidents are written at once; docs/adr/0008 says what that means and what
 * the other delivery costs.
 */
public final class KafkaEnds implements JobEnds {
  private final KafkaSettings settings;
  private final Clock clock;

  /**
   * @param settings where and how
   * @param clock tells when a record was read; serializable
   */
  public KafkaEnds(KafkaSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Source<RawRecord, ?, ?> frames() {
    return source(settings.framesTopic());
  }

  @Override
  public SourceContact contact() {
    return BrokerContact.CONTACT;
  }

  @Override
  public Source<RawRecord, ?, ?> controls() {
    return source(settings.controlTopic());
  }

  @SuppressWarnings("deprecation") // the connector has no other way to name the fallback yet
  private Source<RawRecord, ?, ?> source(String topic) {
    return KafkaSource.<RawRecord>builder()
        .setBootstrapServers(settings.bootstrapServers())
        .setTopics(topic)
        .setGroupId(settings.groupId())
        .setClientIdPrefix(settings.groupId() + "-" + topic)
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setDeserializer(new RawRecordReader(topic, clock))
        .setProperties(settings.clientProperties())
        .setProperty("partition.discovery.interval.ms", "10000")
        .setProperty("allow.auto.create.topics", "false")
        .setProperty("metric.reporters", reporters())
        .build();
  }

  /** Those that somebody asked for, or Kafka's own, and ours. */
  private String reporters() {
    String others =
        settings.clientProperties().getProperty("metric.reporters", JmxReporter.class.getName());
    return others + "," + BrokerContact.class.getName();
  }

  @Override
  public Sink<OutboundRecord> sink(JobOutput output) {
    KafkaSinkBuilder<OutboundRecord> sink =
        KafkaSink.<OutboundRecord>builder()
            .setBootstrapServers(settings.bootstrapServers())
            .setKafkaProducerConfig(producer(output))
            .setRecordSerializer(new OutboundWriter(settings.topic(output)));
    if (output == JobOutput.INCIDENTS && settings.exactlyOnce()) {
      return sink.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
          .setTransactionalIdPrefix(settings.transactionalIdPrefix())
          .build();
    }
    return sink.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE).build();
  }

  private Properties producer(JobOutput output) {
    Properties properties = new Properties();
    properties.putAll(settings.clientProperties());
    boolean atOnce = output != JobOutput.SCORES && output != JobOutput.EMBEDDINGS;
    properties.put("linger.ms", atOnce ? "0" : "5");
    properties.put("acks", "all");
    if (output == JobOutput.INCIDENTS && settings.exactlyOnce()) {
      properties.put(
          "transaction.timeout.ms", Long.toString(settings.transactionTimeout().toMillis()));
    }
    return properties;
  }
}
