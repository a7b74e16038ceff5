package io.andon.ingest.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.CapturedFrame;
import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import io.andon.contracts.ScoreCodec;
import io.andon.contracts.ScoreRecord;
import io.andon.ingest.settings.OverloadConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScoreWatchTest {
  private static final String TOPIC = "scores";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final AtomicLong nowMillis = new AtomicLong(1_000_000);
  private final OverloadPolicy policy =
      new OverloadPolicy(
          new OverloadConfig(true, TOPIC, 1_000, 500, 0.1), () -> nowMillis.get() * 1_000_000);
  private final AtomicBoolean brokerIsSilent = new AtomicBoolean();
  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>("latest") {
        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
            Collection<TopicPartition> partitions, Duration timeout) {
          if (brokerIsSilent.get()) {
            throw new TimeoutException("no answer");
          }
          return super.endOffsets(partitions, timeout);
        }
      };
  private final ScoreWatch watch =
      new ScoreWatch(consumer, TOPIC, Set.of("mine"), policy, Duration.ofMillis(100));
  private final Thread thread = new Thread(watch, "scores");
  private long offset = 7;

  private static ConditionFactory await() {
    return Awaitility.await().atMost(PATIENCE);
  }

  @AfterEach
  void stop() throws InterruptedException {
    watch.close();
    thread.join(PATIENCE.toMillis());
    assertThat(thread.isAlive()).isFalse();
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void lowersTheRateByTheScoresOfItsOwnCamerasOnly() {
    topicExists();
    thread.start();
    await().until(() -> !consumer.assignment().isEmpty());
    sent("mine", 0);
    nowMillis.addAndGet(3_000);
    publish(score("another", 0));
    publish("no score".getBytes(StandardCharsets.UTF_8));
    publish(score("mine", 0));
    AtomicBoolean read = new AtomicBoolean();
    consumer.schedulePollTask(() -> read.set(true)); // after the last record was read
    await().untilTrue(read);

    await()
        .until(
            () -> {
              policy.offered();
              nowMillis.addAndGet(10);
              return policy.lagMillis() == 3_000 && policy.share() < 1;
            });
  }

  @Test
  void readsPartitionsThatAreAddedFromTheirEndOn() {
    topicExists();
    thread.start();
    await().until(watch::isReadable);
    TopicPartition added = new TopicPartition(TOPIC, 1);
    long end = 3;
    consumer.schedulePollTask(
        () -> {
          consumer.updateEndOffsets(Map.of(added, end));
          consumer.updatePartitions(TOPIC, List.of(partition(0), partition(1)));
        });
    await().until(() -> consumer.assignment().size() == 2);
    sent("mine", 0);
    nowMillis.addAndGet(50);
    consumer.schedulePollTask(
        () ->
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 1, end, new byte[0], score("mine", 0))));

    await()
        .until(
            () -> {
              nowMillis.addAndGet(1);
              return policy.lagMillis() >= 50;
            });
    long next = offset + 1;
    publish(score("mine", 0));
    await()
        .alias("the first partition is read on")
        .until(() -> consumer.position(PARTITION) == next);
    assertThat(watch.isReadable()).isTrue();
  }

  @Test
  void tellsThatATopicIsGone() {
    topicExists();
    thread.start();
    await().until(watch::isReadable);
    consumer.schedulePollTask(() -> consumer.updatePartitions(TOPIC, List.of()));
    await().until(() -> !watch.isReadable());

    topicExists();
    await().until(watch::isReadable);
  }

  @Test
  void goesOnAfterATopicThatIsMissingAndABrokerThatFails() {
    thread.start();
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    assertThat(watch.isReadable()).isFalse();
    topicExists();
    await().until(watch::isReadable);
    consumer.schedulePollTask(
        () -> {
          brokerIsSilent.set(true);
          consumer.setPollException(new KafkaException("away"));
        });
    await().until(() -> !watch.isReadable());
    brokerIsSilent.set(false);
    await().until(watch::isReadable);
    sent("mine", 0);
    nowMillis.addAndGet(50);
    publish(score("mine", 0));

    await()
        .until(
            () -> {
              nowMillis.addAndGet(1);
              return policy.lagMillis() >= 50;
            });
  }

  @Test
  void aBrokerThatOnlySaysNothingIsNoJobThatStandsStill() {
    topicExists();
    thread.start();
    await().until(watch::isReadable);
    sent("mine", 0);
    publish(score("mine", 0));
    await().until(() -> policy.share() == 1 && consumer.position(PARTITION) > 7);
    brokerIsSilent.set(true);
    sent("mine", 1);
    await().until(() -> !watch.isReadable());
    assertThat(watch.brokersAnswer()).isFalse();

    await()
        .during(Duration.ofMillis(1_500))
        .until(
            () -> {
              policy.offered();
              nowMillis.addAndGet(1_000);
              return policy.share() == 1;
            });

    brokerIsSilent.set(false);
    await().until(watch::isReadable);
    assertThat(watch.brokersAnswer()).isTrue();
    sent("mine", 2);
    await()
        .alias("a job that stands still")
        .until(
            () -> {
              policy.offered();
              nowMillis.addAndGet(100);
              return policy.share() < 1;
            });
  }

  private void topicExists() {
    // The end first: the watch may run already, and asks for it as soon as there is a partition.
    consumer.updateEndOffsets(Map.of(PARTITION, offset));
    consumer.updatePartitions(TOPIC, List.of(partition(0)));
  }

  private static PartitionInfo partition(int number) {
    return new PartitionInfo(TOPIC, number, Node.noNode(), new Node[0], new Node[0]);
  }

  private void sent(String camera, long seq) {
    policy.sent(new FrameMetadata(camera, 1, ClockSource.SENDER, 1, seq, 64, 48, Set.of()));
  }

  private void publish(byte[] value) {
    consumer.schedulePollTask(
        () -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset++, new byte[0], value)));
  }

  private static byte[] score(String camera, long seq) {
    return ScoreCodec.encode(
            new ScoreRecord(
                new CapturedFrame(new FrameRef("frames", 0, 0, camera, 1, seq), 1),
                0,
                1,
                ScoreRecord.State.NORMAL,
                1,
                Map.of()))
        .value();
  }
}
