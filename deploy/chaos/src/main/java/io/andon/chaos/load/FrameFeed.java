package io.andon.chaos.load;

import io.andon.contracts.CameraId;
import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameHeaders;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.Topics;
import io.andon.contracts.WireHeader;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Puts a reel on the frames topic as ingest would: numbered without gaps, at a steady rate whatever
 * the cluster does. It waits minutes for a broker rather than lose a frame.
 */
public final class FrameFeed implements AutoCloseable {
  private static final Map<String, Object> PATIENT =
      Map.of(
          "acks", "all",
          "linger.ms", "2",
          "buffer.memory", "134217728",
          "max.block.ms", "600000",
          "delivery.timeout.ms", "600000",
          "request.timeout.ms", "10000",
          "reconnect.backoff.max.ms", "1000");
  private static final long PLAY = 1;

  private final Reel reel;

  /** A frame waits for the broker no longer than this once the feed is to end. */
  private static final long CLOSE_MILLIS = 2_000;

  private final Producer<byte[], byte[]> producer;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::live, "frame-feed");
  private volatile boolean stopped;
  private volatile long sent;
  private long next; // number of each camera's next frame

  /**
   * @param bootstrapServers where Kafka is
   * @param reel what is shown
   */
  public FrameFeed(String bootstrapServers, Reel reel) {
    this.reel = reel;
    Map<String, Object> settings = new java.util.HashMap<>(PATIENT);
    settings.put("bootstrap.servers", bootstrapServers);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Sends the normal part at once, as if it had been captured until now, and goes on live. */
  public void start() {
    int normal = Reel.NORMAL_SECONDS * Reel.FPS;
    long now = nowMicros();
    for (int i = normal; i > 0; i--) {
      sendNext(now - i * 1_000_000L / Reel.FPS);
    }
    producer.flush();
    thread.start();
  }

  /** Sends more at once, as if they had been captured until now; only after {@link #finish}. */
  public void sendMore(int framesOfEachCamera) {
    long now = nowMicros();
    for (int i = framesOfEachCamera; i > 0; i--) {
      sendNext(now - i * 1_000_000L / Reel.FPS);
    }
    producer.flush();
  }

  private void live() {
    long startNanos = System.nanoTime();
    long startMicros = nowMicros();
    for (long i = 0; !stopped; i++) {
      long dueNanos = i * 1_000_000_000L / Reel.FPS;
      long wait = startNanos + dueNanos - System.nanoTime();
      while (wait > 0) {
        LockSupport.parkNanos(wait);
        wait = startNanos + dueNanos - System.nanoTime();
      }
      sendNext(startMicros + dueNanos / 1_000);
    }
  }

  private void sendNext(long capturedMicros) {
    for (Reel.Camera camera : reel.cameras()) {
      FrameMetadata frame =
          new FrameMetadata(
              camera.name(),
              capturedMicros,
              ClockSource.SENDER,
              PLAY,
              next,
              Reel.WIDTH,
              Reel.HEIGHT,
              Set.of());
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              Topics.FRAMES,
              null,
              capturedMicros / 1_000,
              CameraId.toKey(camera.name()),
              camera.picture(next));
      for (WireHeader header : FrameHeaders.encode(frame)) {
        record.headers().add(header.name(), header.value());
      }
      var unused = producer.send(record, this::answered);
    }
    next++;
    sent = next * reel.cameras().size();
  }

  private void answered(@Nullable RecordMetadata where, @Nullable Exception failed) {
    if (failed == null) {
      acknowledged.incrementAndGet();
    } else {
      failure.compareAndSet(null, failed);
    }
  }

  /** Frames handed to Kafka's client so far, all cameras. */
  public long sent() {
    return sent;
  }

  /** Frames that the broker has acknowledged. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /**
   * Ends the feed; every frame that was sent is on the topic then.
   *
   * @throws IllegalStateException if one could not be written: the run is void
   */
  public void finish() throws InterruptedException {
    stopped = true;
    thread.join();
    producer.flush();
    Exception failed = failure.get();
    if (failed != null || acknowledged.get() != sent) {
      throw new IllegalStateException("the test's own frames did not reach the broker", failed);
    }
  }

  private static long nowMicros() {
    return System.currentTimeMillis() * 1_000;
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(java.time.Duration.ZERO);
  }
}
