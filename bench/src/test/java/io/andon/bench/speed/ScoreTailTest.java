package io.andon.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.contracts.CapturedFrame;
import io.andon.contracts.FrameRef;
import io.andon.contracts.ScoreCodec;
import io.andon.contracts.ScoreRecord;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run may count on: each frame is scored once. */
class ScoreTailTest {
  private static final String TOPIC = "scores";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private ScoreTail tail;
  private long offset;

  @BeforeEach
  void open() {
    Node none = Node.noNode();
    consumer.updatePartitions(
        TOPIC, List.of(new PartitionInfo(TOPIC, 0, none, new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    tail = new ScoreTail(consumer, TOPIC);
  }

  @Test
  void theScoresOfEveryCameraComeInTheOrderOfItsFrames() throws Exception {
    scored("a", 0);
    scored("b", 0);
    scored("b", 1);
    assertThat(tail.take(3)).hasSize(3);
    scored("a", 1);
    assertThat(tail.take(1)).hasSize(1);
    tail.requireNoMore();
  }

  @Test
  void aScoreThatComesTwiceDoesNotStandForOneThatIsLost() {
    scored("a", 0);
    scored("b", 0);
    scored("b", 0);
    assertThatThrownBy(() -> tail.take(3))
        .isInstanceOf(InvalidRunException.class)
        .hasMessage("frame 1 of b was to be scored next on scores, 0 was once more");
  }

  @Test
  void aFrameThatIsLeftOutIsTold() {
    scored("a", 0);
    scored("a", 2);
    assertThatThrownBy(() -> tail.take(2))
        .isInstanceOf(InvalidRunException.class)
        .hasMessage("frame 1 of a was to be scored next on scores, 2 was instead");
  }

  @Test
  void whatComesBehindTheLastScoreIsToldAtTheEnd() throws Exception {
    scored("a", 0);
    tail.take(1);
    scored("a", 0);
    assertThatThrownBy(tail::requireNoMore)
        .isInstanceOf(InvalidRunException.class)
        .hasMessage("1 scores too many came back on scores");
  }

  private void scored(String camera, long seq) {
    FrameRef frame = new FrameRef("frames", 0, offset, camera, 1, seq);
    ScoreRecord score =
        new ScoreRecord(
            new CapturedFrame(frame, 1_000_000), 0, 1, ScoreRecord.State.NORMAL, 1, Map.of());
    consumer.addRecord(
        new ConsumerRecord<>(TOPIC, 0, offset++, new byte[0], ScoreCodec.encode(score).value()));
    consumer.updateEndOffsets(Map.of(PARTITION, offset));
  }
}
