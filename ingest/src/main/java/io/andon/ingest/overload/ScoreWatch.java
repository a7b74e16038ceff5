package io.andon.ingest.overload;

import io.andon.contracts.Decoded;
import io.andon.contracts.FrameRef;
import io.andon.contracts.ScoreCodec;
import io.andon.contracts.ScoreRecord;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the scores as they come and has the policy look at them every second. Where they can't be
 * read nothing is learnt, so the lag seems to grow only for cameras that were scored before; it
 * tries again for ever.
 */
public final class ScoreWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ScoreWatch.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long STEP_NANOS = 1_000_000_000L;
  private static final long RETRY_MILLIS = 5_000;

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final Set<String> cameras;
  private final OverloadPolicy policy;
  private volatile boolean closed;
  private boolean complained;
  private long steppedNanos = System.nanoTime();

  /**
   * Makes a watch; {@link #run} starts it and closes the consumer at its end.
   *
   * @param consumer of this watch alone
   * @param topic topic of the scores
   * @param cameras ids of the cameras whose scores count
   * @param policy is told
   */
  public ScoreWatch(
      Consumer<byte[], byte[]> consumer, String topic, Set<String> cameras, OverloadPolicy policy) {
    this.consumer = consumer;
    this.topic = topic;
    this.cameras = Set.copyOf(cameras);
    this.policy = policy;
  }

  @Override
  public void run() {
    try (consumer) {
      while (!closed) {
        watch();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() throws InterruptedException {
    try {
      if (consumer.assignment().isEmpty()) {
        assign();
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        read(record.value());
      }
    } catch (WakeupException e) {
      return; // closed
    } catch (KafkaException e) {
      // A client's message may hold settings; the kind of the failure is enough to act on.
      complain(e.getClass().getSimpleName());
      pause();
    }
    stepIfDue();
  }

  private void assign() throws InterruptedException {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    if (partitions.isEmpty()) {
      complain("no such topic");
      pause();
      return;
    }
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
  }

  private void read(byte[] value) {
    // A score that can't be read tells nothing about lag; the job is the only writer.
    if (ScoreCodec.decode(value) instanceof Decoded.Valid<ScoreRecord> score) {
      FrameRef frame = score.value().frame().frame();
      if (cameras.contains(frame.camera())) {
        policy.scored(frame);
      }
    }
  }

  private void stepIfDue() {
    if (System.nanoTime() - steppedNanos >= STEP_NANOS) {
      steppedNanos = System.nanoTime();
      policy.step();
    }
  }

  private void complain(String why) {
    if (!complained) {
      LOG.warn(
          "scores can't be read from {}: {}; the job's lag is not known meanwhile", topic, why);
      complained = true;
    }
  }

  private void pause() throws InterruptedException {
    for (long waited = 0; waited < RETRY_MILLIS && !closed; waited += POLL.toMillis()) {
      Thread.sleep(POLL.toMillis());
    }
  }

  /** Ends {@link #run} soon; from any thread. */
  public void close() {
    closed = true;
    consumer.wakeup();
  }
}
