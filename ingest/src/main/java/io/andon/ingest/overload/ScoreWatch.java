package io.andon.ingest.overload;

import io.andon.contracts.Decoded;
import io.andon.contracts.FrameRef;
import io.andon.contracts.ScoreCodec;
import io.andon.contracts.ScoreRecord;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the scores as they come and has the policy look at them every second. A consumer whose
 * broker is away reads nothing and says nothing, which looks like a job that stands still; so the
 * brokers are asked for the ends of the topic now and then, and for partitions that were added.
 * While scores can't be read the policy holds its share, and it is tried again for ever.
 */
public final class ScoreWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ScoreWatch.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long STEP_NANOS = 1_000_000_000L;
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration CHECK_LIMIT = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final Set<String> cameras;
  private final OverloadPolicy policy;
  private final Duration retry;
  private volatile boolean closed;
  private volatile boolean readable;
  private volatile boolean answered = true;
  private boolean complained;
  private boolean silent = true;
  private long checkedNanos;
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
    this(consumer, topic, cameras, policy, RETRY);
  }

  /** Asks the brokers that often, and waits so long after a failure. */
  ScoreWatch(
      Consumer<byte[], byte[]> consumer,
      String topic,
      Set<String> cameras,
      OverloadPolicy policy,
      Duration retry) {
    this.consumer = consumer;
    this.topic = topic;
    this.cameras = Set.copyOf(cameras);
    this.policy = policy;
    this.retry = retry;
  }

  /** Whether scores can be read, as far as is known; from any thread. */
  public boolean isReadable() {
    return readable;
  }

  /** Whether the brokers answered when they were asked last, with whatever; from any thread. */
  public boolean brokersAnswer() {
    return answered;
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
        assign(consumer.partitionsFor(topic, CHECK_LIMIT));
      }
      if (consumer.assignment().isEmpty()) {
        answered = true;
        lost("no such topic");
      } else {
        poll();
      }
    } catch (WakeupException e) {
      return; // closed
    } catch (KafkaException e) {
      answered = !(e instanceof TimeoutException);
      // A client's message may hold settings; the kind of the failure is enough to act on.
      lost(e.getClass().getSimpleName());
    }
    if (isStepDue()) {
      step();
    }
  }

  /** Reads all partitions that there are, those that are new from their end on. */
  private void assign(List<PartitionInfo> there) {
    Set<TopicPartition> partitions =
        there.stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .collect(Collectors.toUnmodifiableSet());
    if (partitions.equals(consumer.assignment())) {
      return;
    }
    Set<TopicPartition> fresh = new HashSet<>(partitions);
    fresh.removeAll(consumer.assignment());
    consumer.assign(partitions);
    if (!fresh.isEmpty()) {
      consumer.seekToEnd(fresh);
    }
  }

  private void poll() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      silent = false;
      read(record.value());
    }
    // The policy must not take silence for a job that stands still before the brokers answered.
    boolean inDoubt = !readable || (silent && isStepDue());
    if (inDoubt || System.nanoTime() - checkedNanos >= retry.toNanos()) {
      assign(consumer.partitionsFor(topic, CHECK_LIMIT));
      if (consumer.assignment().isEmpty()) {
        return; // the topic is gone, which is found at the next look
      }
      consumer.endOffsets(consumer.assignment(), CHECK_LIMIT);
      checkedNanos = System.nanoTime();
      found();
    }
  }

  private void found() {
    answered = true;
    if (!readable) {
      readable = true;
      policy.hold(); // a full second for scores to come before they are missed
      steppedNanos = System.nanoTime();
      silent = true;
    }
    if (complained) {
      LOG.info("scores can be read again from {}", topic);
      complained = false;
    }
  }

  private void lost(String why) throws InterruptedException {
    readable = false;
    if (!complained) {
      LOG.warn(
          "scores can't be read from {}: {}; the share of frames that is sent stays meanwhile",
          topic,
          why);
      complained = true;
    }
    pause();
    // What was scored meanwhile says nothing about the lag from now on.
    consumer.seekToEnd(consumer.assignment());
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

  private boolean isStepDue() {
    return System.nanoTime() - steppedNanos >= STEP_NANOS;
  }

  private void step() {
    steppedNanos = System.nanoTime();
    silent = true;
    if (readable) {
      policy.step();
    } else {
      policy.hold();
    }
  }

  private void pause() throws InterruptedException {
    long end = System.nanoTime() + retry.toNanos();
    while (System.nanoTime() < end && !closed) {
      Thread.sleep(Math.min(POLL.toMillis(), retry.toMillis()));
    }
  }

  /** Ends {@link #run} soon; from any thread. */
  public void close() {
    closed = true;
    consumer.wakeup();
  }
}
