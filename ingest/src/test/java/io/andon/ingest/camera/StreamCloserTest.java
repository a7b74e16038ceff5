package io.andon.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamCloserTest {
  private static final long MINUTE_MILLIS = 60_000;

  private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
  private final StreamCloser patient = new StreamCloser("a", MINUTE_MILLIS, failures::add);
  private final StreamCloser closer = new StreamCloser("a", 50, failures::add);
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger takenDown = new AtomicInteger();
  private final CountDownLatch first = new CountDownLatch(1);
  private final CountDownLatch second = new CountDownLatch(1);

  @AfterEach
  void endAll() {
    first.countDown();
    second.countDown();
  }

  @Test
  void aConnectionIsTakenDownWhenItIsClosed() {
    close(patient, new CountDownLatch(0));
    assertThat(takenDown).hasValue(1);
  }

  @Test
  void whatAConnectionFailsWithIsTold() {
    patient.close(
        stream(
            () -> {
              throw new IllegalStateException("as nobody foresaw");
            }),
        ended::get);
    assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void oneThatHangsIsLeftAndASecondOneIsWaitedForUntilEitherHasEnded() {
    close(first);
    assertThat(takenDown).hasValue(0);

    Thread waiting = new Thread(() -> close(second));
    waiting.start();
    Awaitility.await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofMinutes(1))
        .until(waiting::isAlive);
    first.countDown();
    awaitEnd(waiting);
    assertThat(takenDown).hasValue(1);

    close(patient, new CountDownLatch(0));
    assertThat(takenDown).hasValue(2);
  }

  @Test
  void nothingIsWaitedForOnceTheCameraIsNoLongerWanted() {
    close(first);
    Thread waiting = new Thread(() -> close(second));
    waiting.start();

    ended.set(true);

    awaitEnd(waiting);
    assertThat(takenDown).hasValue(0);
  }

  private static void awaitEnd(Thread thread) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !thread.isAlive());
  }

  private void close(CountDownLatch mayEnd) {
    close(closer, mayEnd);
  }

  private void close(StreamCloser by, CountDownLatch mayEnd) {
    by.close(
        stream(
            () -> {
              try {
                mayEnd.await();
                takenDown.incrementAndGet();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            }),
        ended::get);
  }

  private static CameraStream stream(Runnable onClose) {
    return new CameraStream() {
      @Override
      public @Nullable Picture next(long timeoutMillis) {
        return null;
      }

      @Override
      public void close() {
        onClose.run();
      }
    };
  }
}
