package io.andon.ingest.camera;

import io.andon.ingest.settings.CameraAddress;
import io.andon.ingest.settings.CameraConfig;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one camera connected: connects, pulls its frames, notices when they fail, end, stop or lag,
 * and connects again after a wait. Runs on a thread of its own until closed; other cameras are not
 * touched by its trouble.
 */
public final class CameraWorker implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CameraWorker.class);

  /** How long one wait for a frame takes at most; closing is noticed within it. */
  private static final long PULL_MILLIS = 200;

  /** A connection that lasted this long starts the waits anew. */
  private static final long STABLE_NANOS = 10_000_000_000L;

  /** Beyond the silence and lag that end a connection: the time in which its end must be told. */
  private static final long TELL_MILLIS = 2_000;

  /** How long a connection may take to be taken down before the next one is made beside it. */
  private static final long CLOSE_MILLIS = 5_000;

  /** The waits have reached their longest by far. */
  private static final int MOST_ATTEMPTS = 30;

  /** How often it is seen whether there is another password, after one was refused. */
  private static final long LOOK_MILLIS = 1_000;

  private final CameraConfig camera;
  private final CameraStreams streams;
  private final CameraListener listener;
  private final PlayNumbers plays;
  private final ReconnectWaits waits;
  private final TriedPassword password;
  private final StreamCloser closer;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile CameraStatus status = CameraStatus.INITIAL;
  private int attempt;

  /**
   * Makes a worker; {@link #run} starts it.
   *
   * @param camera its configuration
   * @param streams connects
   * @param listener hears of frames and troubles
   * @param plays numbers connections
   * @param waits how long is waited before an attempt
   * @param clock wall clock
   * @param nanoTime monotonic clock, nanoseconds
   */
  public CameraWorker(
      CameraConfig camera,
      CameraStreams streams,
      CameraListener listener,
      PlayNumbers plays,
      ReconnectWaits waits,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.camera = camera;
    this.streams = streams;
    this.listener = listener;
    this.plays = plays;
    this.waits = waits;
    this.password = new TriedPassword(camera);
    this.closer = new StreamCloser(camera.id(), CLOSE_MILLIS, this::unexpected);
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Its configuration. */
  public CameraConfig camera() {
    return camera;
  }

  /** Where it stands now, by the age of its last frame too: its thread may hang in a stream. */
  public CameraStatus status() {
    CameraStatus last = status;
    return last.judged(
        nanoTime.getAsLong(), allowedLagMillis() * 1_000_000L + TELL_MILLIS * 1_000_000L);
  }

  /** Asks it to end; {@link #run} returns within a fraction of a second. */
  public void close() {
    closed.countDown();
  }

  @Override
  public void run() {
    while (!isClosed()) {
      long play = plays.next();
      status = status.connecting(play);
      Lost lost = connection(play);
      if (lost != null && !pause(lost)) {
        listener.reconnecting(camera, lost.reason());
      }
    }
  }

  /** From connecting until the stream is closed; what was lost, or null if this was closed. */
  private @Nullable Lost connection(long play) {
    CameraStream stream = null;
    try {
      password.trying();
      stream = streams.open(camera);
      watch(stream, play);
      return null;
    } catch (StreamEndedException e) {
      return lost(play, e);
    } catch (RuntimeException e) {
      unexpected(e);
      return lost(play, new StreamEndedException(StopReason.PIPELINE, kind(e) + "; see the log"));
    } finally {
      // Behind the telling: nobody knows how long a connection takes to be taken down.
      if (stream != null) {
        closer.close(stream, this::isClosed);
      }
    }
  }

  /** Whatever one camera's stream brings must not end the others. */
  private void unexpected(RuntimeException failure) {
    LOG.error("camera {}: its stream failed unexpectedly", camera.id(), withoutMessage(failure));
  }

  /** Where it failed; a message may hold the address. */
  private static Throwable withoutMessage(RuntimeException failure) {
    Throwable shown = new Throwable(kind(failure));
    shown.setStackTrace(failure.getStackTrace());
    return shown;
  }

  private static String kind(RuntimeException failure) {
    return failure.getClass().getSimpleName();
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void watch(CameraStream stream, long play) throws StreamEndedException {
    CaptureClock captureClock = new CaptureClock(camera.clockBoundMillis());
    long startNanos = nanoTime.getAsLong();
    long lastNanos = startNanos;
    boolean any = false;
    while (!isClosed()) {
      long calledNanos = nanoTime.getAsLong();
      Picture picture = stream.next(PULL_MILLIS);
      long nowNanos = nanoTime.getAsLong();
      if (picture == null) {
        checkStall(nowNanos - lastNanos, any);
        pauseIfEarly(calledNanos);
        continue;
      }
      checkLag(picture);
      if (picture.integrity() == Integrity.UNFOUNDED) {
        lastNanos = nowNanos;
        listener.unfounded(camera, picture.jpeg().length);
        continue;
      }
      if (!any) {
        LOG.info("camera {}: frames of {}x{}", camera.id(), picture.width(), picture.height());
      }
      any = true;
      lastNanos = nowNanos;
      if (nowNanos - startNanos >= STABLE_NANOS) {
        attempt = 0;
      }
      capture(picture, captureClock, play, nowNanos);
    }
  }

  private void capture(Picture picture, CaptureClock captureClock, long play, long nowNanos) {
    CaptureClock.Reading time = captureClock.read(picture.arrivalMicros(), picture.senderMicros());
    OutgoingFrame frame =
        new OutgoingFrame(
            picture.jpeg(),
            picture.width(),
            picture.height(),
            time.capturedMicros(),
            time.clock(),
            time.distrusted(),
            picture.integrity() == Integrity.DAMAGED,
            false,
            play);
    boolean wasUp = status.phase() == CameraPhase.STREAMING;
    status = status.frame(nowNanos, time.clock());
    if (!wasUp) {
      listener.up(camera, play);
    }
    listener.captured(camera, frame, picture.pixels());
  }

  private void checkStall(long silentNanos, boolean any) throws StreamEndedException {
    long allowedMillis = any ? camera.stallMillis() : camera.firstFrameMillis();
    if (silentNanos > allowedMillis * 1_000_000L) {
      String what = any ? "no frame for " : "no first frame within ";
      throw new StreamEndedException(StopReason.STALL, what + allowedMillis + " ms");
    }
  }

  private void checkLag(Picture picture) throws StreamEndedException {
    long lagMillis = clock.millis() - picture.arrivalMicros() / 1000;
    long allowedMillis = allowedLagMillis();
    if (lagMillis > allowedMillis) {
      listener.late(camera, picture.jpeg().length);
      throw new StreamEndedException(
          StopReason.LAG, "frames are " + lagMillis + " ms late, more than " + allowedMillis);
    }
  }

  private long allowedLagMillis() {
    return camera.stallMillis() + (long) camera.latencyMillis();
  }

  /** A stream that just ended answers at once: don't spin until its message is there. */
  private void pauseIfEarly(long calledNanos) {
    if (nanoTime.getAsLong() - calledNanos < 1_000_000L) {
      await(10);
    }
  }

  /** Tells the end of a connection; null if this was closed meanwhile. */
  private @Nullable Lost lost(long play, StreamEndedException end) {
    if (isClosed()) {
      return null;
    }
    boolean isNews = status.phase() != CameraPhase.UNREACHABLE || status.lastStop() != end.reason();
    status = status.stopped(end.reason());
    if (isNews) {
      listener.down(camera, play, end.reason(), end.detail());
    }
    attempt = Math.min(attempt + 1, MOST_ATTEMPTS);
    long waitMillis = waits.millis(end.reason(), attempt);
    LOG.warn(
        "camera {}: {}: {}; next attempt in {} ms",
        isNews ? camera.id() + " at " + CameraAddress.shown(camera.url()) : camera.id(),
        end.reason().wireName(),
        end.detail(),
        waitMillis);
    return new Lost(end.reason(), waitMillis);
  }

  /**
   * A connection that was lost.
   *
   * @param reason why it ended
   * @param waitMillis wait before the next one
   */
  private record Lost(StopReason reason, long waitMillis) {}

  /**
   * Waits before the next connection, of a camera that refused the password no longer than until
   * there is another one; true if closed meanwhile.
   */
  private boolean pause(Lost lost) {
    if (lost.reason() != StopReason.UNAUTHORIZED) {
      return await(lost.waitMillis());
    }
    long startNanos = nanoTime.getAsLong();
    long leftMillis = lost.waitMillis();
    while (leftMillis > 0 && !password.isChanged()) {
      if (await(Math.min(leftMillis, LOOK_MILLIS))) {
        return true;
      }
      leftMillis = lost.waitMillis() - (nanoTime.getAsLong() - startNanos) / 1_000_000;
    }
    return isClosed();
  }

  /** Waits; true if closed meanwhile. */
  private boolean await(long millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      return true;
    }
  }
}
