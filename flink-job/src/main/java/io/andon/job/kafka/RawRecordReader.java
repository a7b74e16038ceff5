package io.andon.job.kafka;

import io.andon.job.frames.RawRecord;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Takes a record over as it is: nothing in it can make this fail. One of another topic than the
 * configured one does: Flink's state remembers which topic was read, and goes on with it whatever
 * the configuration says.
 */
final class RawRecordReader implements KafkaRecordDeserializationSchema<RawRecord> {
  private static final long serialVersionUID = 1;

  private final String topic;
  private final Clock clock;

  RawRecordReader(String topic, Clock clock) {
    this.topic = topic;
    this.clock = clock;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
    if (!topic.equals(record.topic())) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              "the state reads topic "
                  + record.topic()
                  + ", the configuration says "
                  + topic
                  + "; put the old name back, or start without the state"));
    }
    out.collect(rawRecord(record, clock.millis()));
  }

  /**
   * The record as it is.
   *
   * @param fetchedMillis wall clock when it was read, milliseconds since the epoch
   */
  static RawRecord rawRecord(ConsumerRecord<byte[], byte[]> record, long fetchedMillis) {
    Header[] headers = record.headers().toArray();
    String[] names = new String[headers.length];
    byte[][] values = new byte[headers.length][];
    for (int i = 0; i < headers.length; i++) {
      names[i] = headers[i].key();
      byte[] value = headers[i].value();
      values[i] = value == null ? new byte[0] : value;
    }
    return new RawRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        TimeUnit.MILLISECONDS.toMicros(fetchedMillis),
        record.key(),
        names,
        values,
        record.value());
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return TypeInformation.of(RawRecord.class);
  }
}
