package io.andon.bench.simulator.rtsp;

import static io.andon.bench.simulator.rtsp.RtspNatives.AppLibrary.APP;
import static io.andon.bench.simulator.rtsp.RtspNatives.GstLibrary.GST;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import io.andon.bench.simulator.PictureSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Renders one camera on a thread of its own while somebody watches, and pushes the pictures into
 * the {@code appsrc} of the media being watched.
 */
final class CameraFeed implements AutoCloseable {
  /** Name of the {@code appsrc}. */
  static final String SOURCE_NAME = "frames";

  private static final int MAX_QUEUED_FRAMES = 2;
  private static final long JOIN_MILLIS = 1000;

  private final PictureSource source;
  private final int fps;
  private final byte[] rgb;
  private final int stride;
  private final Memory padded;
  private final AtomicLong pushed = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private final Thread thread;

  private final Object lock = new Object();
  private @Nullable Pointer media;
  private @Nullable Pointer appSource;
  private boolean closed;
  private long lastMicros;

  CameraFeed(PictureSource source, int fps) {
    this.source = source;
    this.fps = fps;
    this.rgb = new byte[source.width() * source.height() * 3];
    // GStreamer's rows of RGB begin at multiples of four bytes.
    this.stride = (source.width() * 3 + 3) / 4 * 4;
    this.padded = new Memory((long) stride * source.height());
    this.padded.clear();
    this.thread = new Thread(this::feed, "camera-" + source.camera());
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** The media's pipeline text. One encoder thread a camera, to be kind to small machines. */
  String launch() {
    return "( appsrc name=%s is-live=true format=time block=false max-bytes=%d"
            .formatted(SOURCE_NAME, MAX_QUEUED_FRAMES * padded.size())
        + " caps=\"video/x-raw,format=RGB,width=%d,height=%d,framerate=%d/1\""
            .formatted(source.width(), source.height(), fps)
        + " ! videoconvert ! video/x-raw,format=I420"
        + " ! x264enc tune=zerolatency speed-preset=ultrafast bitrate=3000 threads=1"
        + " key-int-max=%d ! rtph264pay name=pay0 pt=96 config-interval=-1 )".formatted(2 * fps);
  }

  /** Feeds this media from now on. Takes the reference to the {@code appsrc} over. */
  void attach(Pointer newMedia, Pointer newSource) {
    synchronized (lock) {
      release();
      if (closed) {
        GST.gst_object_unref(newSource);
        return;
      }
      media = newMedia;
      appSource = newSource;
      lock.notifyAll();
    }
  }

  /** Stops feeding this media; does nothing if another one is being fed by now. */
  void detach(Pointer oldMedia) {
    synchronized (lock) {
      if (oldMedia.equals(media)) {
        release();
      }
    }
  }

  /** Frames pushed since the start. */
  long pushed() {
    return pushed.get();
  }

  /** Frames not rendered since the start, because the encoder was behind. */
  long skipped() {
    return skipped.get();
  }

  boolean isWatched() {
    synchronized (lock) {
      return appSource != null;
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      release();
      lock.notifyAll();
    }
    LockSupport.unpark(thread);
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void release() {
    if (appSource != null) {
      GST.gst_object_unref(appSource);
    }
    appSource = null;
    media = null;
  }

  private void feed() {
    long periodNanos = 1_000_000_000L / fps;
    long due = System.nanoTime();
    while (awaitWatcher()) {
      long now = System.nanoTime();
      if (now - due < 0) {
        LockSupport.parkNanos(this, due - now);
        continue;
      }
      // Late ticks are left out, never caught up on.
      due += ((now - due) / periodNanos + 1) * periodNanos;
      showOne();
    }
  }

  private boolean awaitWatcher() {
    synchronized (lock) {
      while (appSource == null && !closed) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          return false;
        }
      }
      return !closed;
    }
  }

  private void showOne() {
    long pts;
    Pointer shown;
    synchronized (lock) {
      shown = media;
      pts = appSource == null ? RtspNatives.TIME_NONE : runningTime(appSource);
    }
    if (shown == null || pts == RtspNatives.TIME_NONE) {
      return;
    }
    // Read next to the pipeline's clock, so that the sender reports tell when this was rendered.
    lastMicros = Math.max(lastMicros, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    source.render(lastMicros, rgb);
    for (int y = 0; y < source.height(); y++) {
      padded.write((long) y * stride, rgb, y * source.width() * 3, source.width() * 3);
    }
    synchronized (lock) {
      if (appSource != null && shown.equals(media)) {
        push(appSource, pts);
      }
    }
  }

  /**
   * Time on the pipeline's clock since it began to play, ns; TIME_NONE before that or if behind.
   */
  private long runningTime(Pointer element) {
    // Between getting a clock and getting a base time, an element would count from the clock's
    // zero.
    if (GST.gst_element_get_base_time(element) == 0) {
      return RtspNatives.TIME_NONE;
    }
    if (APP.gst_app_src_get_current_level_bytes(element) >= MAX_QUEUED_FRAMES * padded.size()) {
      skipped.incrementAndGet();
      return RtspNatives.TIME_NONE;
    }
    return GST.gst_element_get_current_running_time(element);
  }

  private void push(Pointer element, long pts) {
    NativeLong size = new NativeLong(padded.size());
    Pointer buffer = GST.gst_buffer_new_allocate(null, size, null);
    if (buffer == null) {
      throw new IllegalStateException("no memory for a frame of " + padded.size() + " bytes");
    }
    GST.gst_buffer_fill(buffer, new NativeLong(0), padded, size);
    buffer.setLong(RtspNatives.BUFFER_PTS_OFFSET, pts);
    // A flow error means the media is going away; its signal tells.
    APP.gst_app_src_push_buffer(element, buffer);
    pushed.incrementAndGet();
  }
}
