package io.andon.ingest.camera;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the connections of one camera down. A camera that never ends an answer holds up whoever
 * does that, for as long as it likes: so each is taken down by a thread of its own, which is waited
 * for within bounds. One that hangs is left beside the next connection; when that one hangs too, no
 * other is made until either has ended. Used by one thread.
 */
final class StreamCloser {
  private static final Logger LOG = LoggerFactory.getLogger(StreamCloser.class);
  private static final long LOOK_MILLIS = 200;

  private final String camera;
  private final long patienceMillis;
  private final Consumer<RuntimeException> failures;
  private @Nullable Thread hanging;

  /**
   * Makes the closer of a camera.
   *
   * @param camera its id
   * @param patienceMillis how long a connection is waited for
   * @param failures hears what a connection failed with as it was taken down, by any thread
   */
  StreamCloser(String camera, long patienceMillis, Consumer<RuntimeException> failures) {
    this.camera = camera;
    this.patienceMillis = patienceMillis;
    this.failures = failures;
  }

  /**
   * Takes a connection down. When this returns one at most still hangs, or two where no other is
   * made after them.
   *
   * @param ended whether the camera is no longer wanted, so that no other connection is made
   */
  void close(CameraStream stream, BooleanSupplier ended) {
    Thread closing = new Thread(() -> takeDown(stream), "close-" + camera);
    closing.setDaemon(true);
    closing.setUncaughtExceptionHandler(Thread.currentThread().getUncaughtExceptionHandler());
    closing.start();
    try {
      closing.join(patienceMillis);
      if (closing.isAlive() && !ended.getAsBoolean()) {
        hangs(closing, ended);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeDown(CameraStream stream) {
    try {
      stream.close();
    } catch (RuntimeException e) {
      failures.accept(e);
    }
  }

  private void hangs(Thread closing, BooleanSupplier ended) throws InterruptedException {
    Thread before = hanging;
    if (before == null || !before.isAlive()) {
      hanging = closing;
      LOG.warn(
          "camera {}: its connection can't be taken down, the next one is made beside it", camera);
      return;
    }
    LOG.warn(
        "camera {}: two connections can't be taken down; no other one is made until the camera ends"
            + " either",
        camera);
    while (before.isAlive() && closing.isAlive() && !ended.getAsBoolean()) {
      closing.join(LOOK_MILLIS);
    }
    if (closing.isAlive()) {
      hanging = closing;
    }
  }
}
