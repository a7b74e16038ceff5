package io.andon.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.config.ConfigException;
import io.andon.config.ConfigLoader;
import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameRef;
import io.andon.ingest.camera.OutgoingFrame;
import io.andon.ingest.metrics.IngestMeters;
import io.andon.ingest.overload.OverloadDriver;
import io.andon.ingest.overload.OverloadPolicy;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.IngestConfig;
import io.andon.ingest.settings.OverloadConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrameSenderTest {
  private static final Node[] NODES = {};
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private volatile @Nullable CountDownLatch closing;
  private final List<Throwable> deaths = new CopyOnWriteArrayList<>();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(
          Cluster.empty()
              .withPartitions(
                  Map.of(
                      new TopicPartition("frames", 0),
                      new PartitionInfo("frames", 0, Node.noNode(), NODES, NODES))),
          false,
          null,
          new ByteArraySerializer(),
          new ByteArraySerializer()) {
        @Override
        public synchronized Future<RecordMetadata> send(
            ProducerRecord<byte[], byte[]> record, Callback callback) {
          CountDownLatch latch = closing;
          if (latch != null) {
            // As a client that waits for a broker, and is closed meanwhile.
            sends.countDown();
            awaitQuietly(latch);
            throw new KafkaException("Producer closed while send in progress");
          }
          return super.send(record, callback);
        }
      };
  private final CountDownLatch sends = new CountDownLatch(1);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CameraConfig camera = camera();
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> warned = new CopyOnWriteArrayList<>();
  private final List<String> informed = new CopyOnWriteArrayList<>();
  private final OverloadPolicy overload =
      new OverloadPolicy(new OverloadConfig(false, "scores", 2_000, 500, 0.1), nanos::get);
  private final FrameSender sender =
      new FrameSender(
          NoKafka.CONFIG,
          List.of(camera),
          producer,
          new IngestMeters(registry),
          overload,
          InstantSource.system(),
          nanos::get,
          warned::add,
          informed::add);

  private final Thread thread = new Thread(sender, "sender");

  FrameSenderTest() throws ConfigException {}

  @BeforeEach
  void start() {
    thread.setUncaughtExceptionHandler((died, error) -> deaths.add(error));
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void stop() throws Exception {
    sender.drain(PATIENCE);
  }

  @Test
  void aFrameWhoseProducerIsClosedUnderItIsCountedAndNoFailure() throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(1);
    closing = latch;
    sender.offer(0, frame(), null);
    sender.offer(0, frame(), null);
    assertThat(sends.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    sender.drain(Duration.ofMillis(1));

    latch.countDown(); // as by Producer.close

    thread.join(PATIENCE.toMillis());
    assertThat(thread.isAlive()).isFalse();
    assertThat(deaths).isEmpty();
    assertThat(
            registry.get("andon.ingest.frames.dropped").tag("reason", "shutdown").counter().count())
        .isEqualTo(2);
  }

  @Test
  void whatABrokerTookLongAgoDoesNotTellThatItIsThere() {
    sender.offer(0, frame(), null);
    awaitSent(1);
    producer.completeNext();
    assertThat(sender.tookLately()).isTrue();

    nanos.addAndGet(Duration.ofSeconds(11).toNanos());

    assertThat(sender.tookLately()).isFalse();
  }

  @Test
  void aFrameThatKafkaDidNotTakeIsNoLagOfTheJob() {
    sender.offer(0, frame(), null);
    awaitHandedOver(1);
    producer.completeNext();
    OverloadDriver.scored(overload, new FrameRef("frames", 0, 0, "press-1", 1, 0));
    sender.offer(0, frame(), null);
    awaitHandedOver(2);
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(OverloadDriver.lagMillis(overload)).isEqualTo(60_000);

    producer.errorNext(new TimeoutException());

    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(OverloadDriver.lagMillis(overload)).isZero();
  }

  @Test
  void theLogSaysWhyFramesAreDroppedAndWhenTheyReachKafkaAgain() {
    sender.offer(0, frame(), null);
    awaitSent(1);
    producer.errorNext(new TimeoutException("Expiring 1 record(s)"));
    nanos.addAndGet(DropLog.SETTLED_NANOS);
    sender.offer(0, frame(), null);
    awaitSent(2);
    producer.completeNext();

    assertThat(warned)
        .containsExactly(
            "camera press-1: frame dropped, delivery-failed:"
                + " TimeoutException: Expiring 1 record(s)");
    assertThat(informed).containsExactly("frames reach Kafka again; dropped were 1");
  }

  @Test
  void theLogSaysThatAQueueIsFull() throws InterruptedException {
    sender.drain(PATIENCE); // nobody takes frames any more
    for (int i = 0; i <= camera.queueFrames(); i++) {
      sender.offer(0, frame(), null);
    }

    assertThat(warned).containsExactly("camera press-1: frame dropped, queue-full");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OutgoingFrame frame() {
    return new OutgoingFrame(
        new byte[] {1}, 64, 48, 1, ClockSource.ARRIVAL, false, false, false, 1);
  }

  private static CameraConfig camera() throws ConfigException {
    String yaml =
        "kafka: {bootstrapServers: x:1}\ncameras: [{id: press-1, url: \"rtsp://cam/live\"}]\n";
    return ConfigLoader.load(yaml, "test", IngestConfig.SCHEMA, IngestConfig.class)
        .cameras()
        .get(0);
  }

  /** The sender is done with as many frames, and waits for the next one. */
  private void awaitHandedOver(int count) {
    awaitSent(count);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  private void awaitSent(int count) {
    Awaitility.await().atMost(PATIENCE).until(() -> producer.history().size() >= count);
  }
}
