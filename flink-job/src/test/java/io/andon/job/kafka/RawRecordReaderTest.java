package io.andon.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.job.frames.RawRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RawRecordReaderTest {
  private final List<RawRecord> read = new ArrayList<>();
  private final RawRecordReader reader = new RawRecordReader("line.frames", Clock.systemUTC());

  @Test
  void takesRecordsOfItsTopicOver() {
    reader.deserialize(record("line.frames"), new ListCollector<>(read));

    assertThat(read).singleElement().extracting(RawRecord::topic).isEqualTo("line.frames");
  }

  /** A source goes on with the topics of its state, whatever the configuration says. */
  @Test
  void stopsTheJobForGoodWhereTheStateReadsAnotherTopic() {
    assertThatThrownBy(() -> reader.deserialize(record("old.frames"), new ListCollector<>(read)))
        .isInstanceOf(SuppressRestartsException.class)
        .cause()
        .hasMessageContaining("the state reads topic old.frames")
        .hasMessageContaining("the configuration says line.frames");
    assertThat(read).isEmpty();
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic) {
    return new ConsumerRecord<>(topic, 0, 7, new byte[] {1}, new byte[] {2});
  }
}
