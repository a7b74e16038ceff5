package io.andon.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class FrameLoadTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

  @Test
  void theThreadThatSentIsThereWhenItsCostIsAskedFor() throws Exception {
    try (FrameLoad load = new FrameLoad(producer, Pictures.render(1))) {
      load.burst("frames", 4).get();
      load.steady("frames", 1_000, 4).get();
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().equals("load"))
          .hasSize(1);
    }
    assertThat(producer.history()).hasSize(8);
  }
}
