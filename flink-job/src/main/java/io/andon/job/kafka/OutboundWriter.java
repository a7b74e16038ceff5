package io.andon.job.kafka;

import io.andon.job.events.OutboundRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes a record's bytes as they are. */
final class OutboundWriter implements KafkaRecordSerializationSchema<OutboundRecord> {
  private static final long serialVersionUID = 1;

  private final String topic;

  OutboundWriter(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      OutboundRecord out, KafkaSinkContext context, Long timestamp) {
    Long stamp =
        out.timestampMillis() == OutboundRecord.WHEN_WRITTEN ? null : out.timestampMillis();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, null, stamp, out.key(), out.value());
    for (int i = 0; i < out.headerNames().length; i++) {
      record.headers().add(out.headerNames()[i], out.headerValues()[i]);
    }
    return record;
  }
}
