package io.andon.quickstart.bench;

import io.andon.bench.simulator.CameraJpeg;
import io.andon.bench.simulator.LineSimulation;
import io.andon.bench.simulator.PictureSource;
import io.andon.contracts.CameraId;
import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameHeaders;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.Topics;
import io.andon.contracts.WireHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts pictures that were encoded beforehand on the frames topic, as ingest would. */
final class FrameLoad implements AutoCloseable {
  static final int WIDTH = 512;
  static final int HEIGHT = 288;
  private static final int FPS = 8;
  private static final int PICTURES = 64;

  private final Producer<byte[], byte[]> producer;
  private final List<String> cameras = new ArrayList<>();
  private final List<List<byte[]>> pictures = new ArrayList<>();
  private long sent;

  FrameLoad(String bootstrapServers) throws IOException {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "2", "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    try (LineSimulation line = LineSimulation.create(LineSimulation.DEMO_CAMERAS, 1, null)) {
      for (PictureSource camera : line.cameras()) {
        List<byte[]> encoded = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
          encoded.add(CameraJpeg.of(camera, i * 1_000_000L / FPS, WIDTH, HEIGHT));
        }
        cameras.add(camera.camera());
        pictures.add(encoded);
      }
    }
  }

  /** The encoded pictures of all cameras. */
  List<byte[]> pictures() {
    return pictures.stream().flatMap(List::stream).toList();
  }

  /** Sends a backlog whose capture times end now, {@value #FPS} a second and camera. */
  void backlog(int frames) {
    long now = wallMicros();
    long step = 1_000_000L / FPS;
    int perCamera = frames / cameras.size();
    for (int i = 0; i < frames; i++) {
      send(now - (perCamera - i / cameras.size()) * step);
    }
    producer.flush();
  }

  /**
   * Sends at a steady rate whatever the job does; a frame's capture time is when it was due, so
   * that a late sender counts against the latency (no coordinated omission).
   */
  void steady(double framesPerSecond, int frames) {
    long startNanos = System.nanoTime();
    long startMicros = wallMicros();
    for (int i = 0; i < frames; i++) {
      long due = (long) (i * 1e9 / framesPerSecond);
      long wait = startNanos + due - System.nanoTime();
      while (wait > 0) {
        LockSupport.parkNanos(wait);
        wait = startNanos + due - System.nanoTime();
      }
      send(startMicros + due / 1_000);
    }
    producer.flush();
  }

  private void send(long capturedMicros) {
    int camera = (int) (sent % cameras.size());
    long seq = sent / cameras.size();
    List<byte[]> choice = pictures.get(camera);
    FrameMetadata metadata =
        new FrameMetadata(
            cameras.get(camera),
            capturedMicros,
            ClockSource.SENDER,
            1,
            seq,
            WIDTH,
            HEIGHT,
            Set.of());
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topics.FRAMES,
            null,
            capturedMicros / 1_000,
            CameraId.toKey(cameras.get(camera)),
            choice.get((int) (seq % choice.size())));
    for (WireHeader header : FrameHeaders.encode(metadata)) {
      record.headers().add(header.name(), header.value());
    }
    // A frame that is lost shows as a score that does not come back.
    Future<RecordMetadata> unused = producer.send(record);
    sent++;
  }

  static long wallMicros() {
    return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
  }

  @Override
  public void close() {
    producer.close();
  }
}
