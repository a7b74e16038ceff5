package io.andon.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.andon.contracts.HealthCodec;
import io.andon.contracts.HealthEvent;
import io.andon.contracts.HealthEvent.Fault;
import io.andon.ingest.metrics.IngestMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthSenderTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private volatile boolean noHealthTopic;
  private volatile boolean brokerIsAway;
  private final AtomicInteger refusedEvents = new AtomicInteger();
  private final CountDownLatch sending = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
        @Override
        public synchronized Future<RecordMetadata> send(
            ProducerRecord<byte[], byte[]> record, Callback callback) {
          if (noHealthTopic) {
            // As the client does when a topic is not there, but for the waiting.
            RuntimeException failure = new TimeoutException("Topic health not present in metadata");
            callback.onCompletion(null, failure);
            refusedEvents.incrementAndGet(); // when the sender knows, which notes the time of it
            return CompletableFuture.failedFuture(failure);
          }
          if (brokerIsAway) {
            sending.countDown();
            assertThatCode(closed::await).doesNotThrowAnyException();
            throw new KafkaException("Producer closed while send in progress");
          }
          return super.send(record, callback);
        }
      };
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> warned = new CopyOnWriteArrayList<>();
  private final List<String> informed = new CopyOnWriteArrayList<>();
  private final AtomicReference<Throwable> death = new AtomicReference<>();
  private final HealthSender sender =
      new HealthSender(
          NoKafka.CONFIG,
          producer,
          new IngestMeters(registry),
          InstantSource.system(),
          nanos::get,
          warned::add,
          informed::add);
  private final Thread thread = new Thread(sender, "faults");

  @BeforeEach
  void start() {
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((died, error) -> death.set(error));
    thread.start();
  }

  @AfterEach
  void stop() throws Exception {
    sender.drain(PATIENCE);
    thread.join(PATIENCE.toMillis());
    assertThat(thread.isAlive()).isFalse();
    assertThat(death).hasNullValue();
  }

  @Test
  void aFaultThatWasNotTakenIsToldWhenOneIsUnlessThereIsNewerNews() {
    HealthEvent old = offer("overtaken", true, 1);
    awaitSent(1);
    HealthEvent newer = offer("overtaken", false, 2);
    awaitSent(2);
    HealthEvent kept = offer("kept", true, 3);
    awaitSent(3);
    HealthEvent tooLarge = offer("too-large", true, 4);
    awaitSent(4);

    producer.errorNext(new TimeoutException());
    producer.completeNext();
    producer.errorNext(new TimeoutException());
    producer.errorNext(new RecordTooLargeException());
    HealthEvent last = offer("last", true, 5);
    nanos.addAndGet(HealthOutbox.TRY_NANOS);
    awaitSent(5);
    producer.completeNext();
    awaitSent(6);

    assertThat(sent()).containsExactly(old, newer, kept, tooLarge, kept, last);
    assertThat(registry.get("andon.ingest.health.events.dropped").counter().count())
        .as("overtaken and too large")
        .isEqualTo(2);
  }

  @Test
  void theEndOfAFaultThatWasNotTakenIsToldThoughAnotherFaultBeganSince() {
    HealthEvent stalled = offer("a", Fault.STALLED, true, 1);
    awaitSent(1);
    producer.completeNext();
    HealthEvent recovered = offer("a", Fault.STALLED, false, 2);
    awaitSent(2);
    HealthEvent gone = offer("a", Fault.UNREACHABLE, true, 3);
    awaitSent(3);

    producer.errorNext(new TimeoutException());
    producer.errorNext(new TimeoutException());
    nanos.addAndGet(HealthOutbox.TRY_NANOS);
    awaitSent(4);
    producer.completeNext();
    awaitSent(5);

    assertThat(sent()).containsExactly(stalled, recovered, gone, recovered, gone);
    assertThat(registry.get("andon.ingest.health.events.dropped").counter().count()).isZero();
  }

  @Test
  void eventsThatHaveNoTopicAreKeptOneIsTriedNowAndThenAndTheLogSaysSoOnce() {
    noHealthTopic = true;
    for (int i = 1; i <= 20; i++) {
      offer("camera-" + i, true, i);
    }
    Awaitility.await().atMost(PATIENCE).untilAtomic(refusedEvents, Matchers.equalTo(1));

    nanos.addAndGet(HealthOutbox.TRY_NANOS);
    Awaitility.await().atMost(PATIENCE).untilAtomic(refusedEvents, Matchers.equalTo(2));
    assertThat(warned)
        .containsExactly(
            "camera faults do not reach topic health and are kept, one is tried every 30 s:"
                + " TimeoutException: Topic health not present in metadata");

    noHealthTopic = false;
    nanos.addAndGet(HealthOutbox.TRY_NANOS);
    awaitSent(1);
    producer.completeNext();
    awaitSent(20);
    assertThat(informed).containsExactly("camera faults reach topic health again");
    assertThat(registry.get("andon.ingest.health.events.dropped").counter().count()).isZero();
  }

  @Test
  void aProducerThatIsClosedUnderItsHandsIsNoFailure() throws Exception {
    brokerIsAway = true;
    offer("a", true, 1);
    sending.await();

    offer("b", true, 2);
    sender.drain(Duration.ofMillis(1));
    closed.countDown();
    thread.join(PATIENCE.toMillis());

    assertThat(death).hasNullValue();
    assertThat(registry.get("andon.ingest.health.events.dropped").counter().count())
        .as("the one in hand, and the one behind it")
        .isEqualTo(2);
  }

  private HealthEvent offer(String camera, boolean active, long micros) {
    return offer(camera, Fault.UNREACHABLE, active, micros);
  }

  private HealthEvent offer(String camera, Fault fault, boolean active, long micros) {
    HealthEvent event =
        new HealthEvent(camera, fault, active, HealthEvent.Source.INGEST, micros, null, "");
    sender.offer(event);
    return event;
  }

  private List<HealthEvent> sent() {
    return producer.history().stream()
        .map(record -> HealthCodec.decode(record.value()).orElseThrow())
        .toList();
  }

  private void awaitSent(int count) {
    Awaitility.await().atMost(PATIENCE).until(() -> producer.history().size() >= count);
  }
}
