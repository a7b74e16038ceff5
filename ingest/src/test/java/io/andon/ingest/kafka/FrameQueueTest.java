package io.andon.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
  private final FrameQueue queue = new FrameQueue(2);

  @Test
  void whenFullTheOldestMakesRoomAndTheNextTellsTheGap() {
    assertThat(offer(1)).isTrue();
    assertThat(offer(2)).isTrue();
    assertThat(offer(3)).isFalse();
    assertThat(queue.size()).isEqualTo(2);
    FrameQueue.Taken first = Objects.requireNonNull(queue.poll());
    assertThat(first.frame().play()).isEqualTo(2);
    assertThat(first.afterGap()).isTrue();
    assertThat(Objects.requireNonNull(queue.poll()).afterGap()).isFalse();
    assertThat(queue.poll()).isNull();
  }

  private boolean offer(long play) {
    return queue.offer(FrameNumberingTest.frame(play));
  }
}
