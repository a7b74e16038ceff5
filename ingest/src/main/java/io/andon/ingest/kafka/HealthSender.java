package io.andon.ingest.kafka;

import io.andon.contracts.CameraId;
import io.andon.contracts.HealthCodec;
import io.andon.contracts.HealthEvent;
import io.andon.ingest.metrics.IngestMeters;
import io.andon.ingest.settings.KafkaConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes camera faults to Kafka. On a thread of its own, since the producer waits for a topic that
 * is missing, which must not hold up frames. What is not taken is kept: see {@link HealthOutbox}.
 */
public final class HealthSender implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthSender.class);
  private static final int MOST_EVENTS = 1024;
  private static final long IDLE_MILLIS = 200;

  private final KafkaConfig kafka;
  private final Producer<byte[], byte[]> producer;
  private final InstantSource clock;
  private final Consumer<String> warn;
  private final Consumer<String> info;
  // One permit for each event that waits.
  private final Semaphore waiting = new Semaphore(0);
  private final HealthOutbox outbox;
  private volatile boolean draining;
  private volatile boolean aborted;
  private volatile @Nullable Thread thread;

  /**
   * Makes a sender; {@link #run} starts it. The producer stays the caller's to close.
   *
   * @param kafka where to
   * @param producer may be that of the frames
   * @param meters where events are counted that will never be told
   * @param clock wall clock of the record timestamps
   */
  public HealthSender(
      KafkaConfig kafka,
      Producer<byte[], byte[]> producer,
      IngestMeters meters,
      InstantSource clock) {
    this(kafka, producer, meters, clock, System::nanoTime, LOG::warn, LOG::info);
  }

  HealthSender(
      KafkaConfig kafka,
      Producer<byte[], byte[]> producer,
      IngestMeters meters,
      InstantSource clock,
      LongSupplier nanoTime,
      Consumer<String> warn,
      Consumer<String> info) {
    this.kafka = kafka;
    this.producer = producer;
    this.clock = clock;
    this.warn = warn;
    this.info = info;
    outbox = new HealthOutbox(MOST_EVENTS, nanoTime, waiting::release, meters::healthEventDropped);
  }

  /** Hands over an event; never blocks. */
  public void offer(HealthEvent event) {
    outbox.offer(event);
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    try {
      while (!aborted) {
        outbox.tryOne();
        if (waiting.tryAcquire(draining ? 0 : IDLE_MILLIS, TimeUnit.MILLISECONDS)) {
          sendOne();
        } else if (draining) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Sends what waits, then ends {@link #run}; to be called when no more is offered.
   *
   * @param limit how long it may take; the producer may then be closed though {@link #run} is still
   *     in it
   */
  public void drain(Duration limit) throws InterruptedException {
    draining = true;
    Thread running = thread;
    if (running != null) {
      running.join(Math.max(1, limit.toMillis()));
    }
    aborted = true;
  }

  private void sendOne() {
    HealthEvent event = outbox.poll();
    if (event == null) {
      return; // taken back since, to be kept
    }
    byte[] value = HealthCodec.encode(event).value();
    byte[] key = CameraId.toKey(event.camera());
    send(new ProducerRecord<>(kafka.healthTopic(), null, clock.millis(), key, value), event);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback tells what became of it.
  private void send(ProducerRecord<byte[], byte[]> record, HealthEvent event) {
    try {
      producer.send(record, (metadata, failure) -> done(event, failure));
    } catch (KafkaException | IllegalStateException e) {
      if (!aborted) {
        throw e;
      }
      // Closed meanwhile, as at the end of a process.
    }
  }

  private void done(HealthEvent event, @Nullable Exception failure) {
    if (failure == null) {
      if (outbox.told()) {
        info.accept("camera faults reach topic " + kafka.healthTopic() + " again");
      }
    } else if (outbox.missed(event, failure)) {
      warn.accept(
          "camera faults do not reach topic "
              + kafka.healthTopic()
              + " and are kept, one is tried every "
              + TimeUnit.NANOSECONDS.toSeconds(HealthOutbox.TRY_NANOS)
              + " s: "
              + DropLog.said(failure));
    }
  }
}
