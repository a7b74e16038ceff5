package io.andon.bench.speed;

import io.andon.contracts.CameraId;
import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameHeaders;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.WireHeader;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts pictures on a topic of frames, as ingest would; each topic has numbers of its own. It sends
 * on one thread that lives as long as it does: what a thread has spent is not known once it ended,
 * and would count as the job's.
 */
final class FrameLoad implements AutoCloseable {
  /** Capture times of a burst are this far apart for each camera, in the past. */
  private static final long BURST_STEP_MICROS = 250_000;

  private static final long BURSTS_BEFORE_MICROS = TimeUnit.HOURS.toMicros(1);

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "load"));
  private final Producer<byte[], byte[]> producer;
  private final Pictures pictures;
  private final Map<String, Sent> topics = new HashMap<>();

  private static final class Sent {
    private long frames;
    private long lastCapturedMicros;
  }

  FrameLoad(String bootstrapServers, Pictures pictures) {
    this(
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "client.id", "bench-load",
                "linger.ms", "2",
                "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer()),
        pictures);
  }

  FrameLoad(Producer<byte[], byte[]> producer, Pictures pictures) {
    this.producer = producer;
    this.pictures = pictures;
  }

  /**
   * Sends frames as fast as the broker takes them. Their times are in the past, a quarter of a
   * second apart for a camera, and end where the next call begins.
   *
   * @return done when the broker has them
   */
  Future<?> burst(String topic, int frames) {
    return thread.submit(() -> sendAtOnce(topic, frames));
  }

  private void sendAtOnce(String topic, int frames) {
    Sent sent = sent(topic);
    int cameras = pictures.cameras().size();
    for (int i = 0; i < frames; i++) {
      send(topic, sent, sent.lastCapturedMicros + BURST_STEP_MICROS / cameras);
    }
    producer.flush();
  }

  /**
   * Sends at a steady rate whatever the job does. A frame's capture time is when it was due, so
   * that a late sender counts against the latency (no coordinated omission).
   *
   * @return done when the broker has them
   */
  Future<?> steady(String topic, double framesPerSecond, int frames) {
    return thread.submit(() -> sendSteadily(topic, framesPerSecond, frames));
  }

  private void sendSteadily(String topic, double framesPerSecond, int frames) {
    Sent sent = sent(topic);
    SteadyClock clock = SteadyClock.OF_THIS_PROCESS;
    long start = clock.micros();
    for (int i = 0; i < frames; i++) {
      long due = start + (long) (i * 1e6 / framesPerSecond);
      for (long wait = due - clock.micros(); wait > 0; wait = due - clock.micros()) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(wait));
      }
      send(topic, sent, due);
    }
    producer.flush();
  }

  private Sent sent(String topic) {
    return topics.computeIfAbsent(
        topic,
        name -> {
          Sent first = new Sent();
          first.lastCapturedMicros = SteadyClock.OF_THIS_PROCESS.micros() - BURSTS_BEFORE_MICROS;
          return first;
        });
  }

  private void send(String topic, Sent sent, long capturedMicros) {
    int camera = (int) (sent.frames % pictures.cameras().size());
    long seq = sent.frames / pictures.cameras().size();
    String id = pictures.cameras().get(camera);
    FrameMetadata metadata =
        new FrameMetadata(
            id,
            capturedMicros,
            ClockSource.SENDER,
            1,
            seq,
            Pictures.WIDTH,
            Pictures.HEIGHT,
            Set.of());
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, null, capturedMicros / 1_000, CameraId.toKey(id), pictures.of(camera, seq));
    for (WireHeader header : FrameHeaders.encode(metadata)) {
      record.headers().add(header.name(), header.value());
    }
    // A frame that is lost shows as a score that does not come back.
    Future<RecordMetadata> unused = producer.send(record);
    sent.frames++;
    sent.lastCapturedMicros = capturedMicros;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    producer.close();
  }
}
