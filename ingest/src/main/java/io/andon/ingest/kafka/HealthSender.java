package io.andon.ingest.kafka;

import io.andon.contracts.CameraId;
import io.andon.contracts.HealthCodec;
import io.andon.contracts.HealthEvent;
import io.andon.ingest.metrics.IngestMeters;
import io.andon.ingest.settings.KafkaConfig;
import java.time.Duration;
import java.time.InstantSource;
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

  private final KafkaConfig kafka;
  private final Producer<byte[], byte[]> producer;
  private final InstantSource clock;
  private final Consumer<String> warn;
  private final Consumer<String> info;
  private final IngestMeters meters;
  private final SendLoop loop = new SendLoop();
  private final HealthOutbox outbox;

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
    this.meters = meters;
    this.warn = warn;
    this.info = info;
    outbox = new HealthOutbox(MOST_EVENTS, nanoTime, loop::arrived, meters::healthEventDropped);
  }

  /** Hands over an event; never blocks. */
  public void offer(HealthEvent event) {
    outbox.offer(event);
  }

  @Override
  public void run() {
    loop.run(
        () -> {
          outbox.tryOne();
          sendOne();
        },
        outbox::tryOne);
  }

  /**
   * Sends what waits, then ends {@link #run}; to be called when no more is offered.
   *
   * @param limit how long it may take; what then still waits or is kept is dropped
   */
  public void drain(Duration limit) throws InterruptedException {
    loop.drain(limit);
    outbox.abandon();
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
      meters.healthEventDropped();
      loop.requireAborted(e);
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
