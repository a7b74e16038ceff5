package io.andon.ingest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.andon.config.ConfigException;
import io.andon.config.ConfigLoader;
import io.andon.ingest.camera.CameraStream;
import io.andon.ingest.camera.Integrity;
import io.andon.ingest.camera.Picture;
import io.andon.ingest.settings.IngestConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IngestServiceTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int FRAMES = 10;

  private final CountDownLatch faultWaits = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final Semaphore pictures = new Semaphore(0);
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // While one waits, others send.
        public Future<RecordMetadata> send(
            ProducerRecord<byte[], byte[]> record, Callback callback) {
          if (record.topic().equals("andon.health")) {
            // As the client waits for a topic that is missing.
            faultWaits.countDown();
            assertThatCode(end::await).doesNotThrowAnyException();
          }
          return super.send(record, callback);
        }
      };

  @Test
  void aFaultThatWaitsForItsTopicHoldsUpNoFrame() throws Exception {
    try (IngestService service = service()) {
      pictures.release();
      faultWaits.await();

      pictures.release(FRAMES);

      await()
          .atMost(PATIENCE)
          .failFast("a thread died", service.failure()::isDone)
          .until(() -> producer.history().size() > FRAMES);
    } finally {
      end.countDown();
    }
  }

  private IngestService service() throws Exception {
    InstantSource clock = InstantSource.system();
    return IngestService.start(
        config(), camera -> stream(clock), producer, new MockConsumer<>("latest"), clock);
  }

  private CameraStream stream(InstantSource clock) {
    return new CameraStream() {
      @Override
      public @Nullable Picture next(long timeoutMillis) {
        try {
          return pictures.tryAcquire(timeoutMillis, TimeUnit.MILLISECONDS) ? picture(clock) : null;
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  private static Picture picture(InstantSource clock) {
    return new Picture(
        new byte[] {1}, 64, 64, clock.millis() * 1000, OptionalLong.empty(), Integrity.WHOLE);
  }

  private static IngestConfig config() throws ConfigException {
    String yaml =
        """
        kafka: {bootstrapServers: x:1}
        server: {port: 0}
        cameras: [{id: a, url: "rtsp://cam/live", gate: {profile: "off"}}]
        """;
    return ConfigLoader.load(yaml, "test", IngestConfig.SCHEMA, IngestConfig.class);
  }
}
