package io.andon.ingest.gstreamer;

import com.sun.jna.Pointer;
import io.andon.ingest.gate.I420Picture;
import io.andon.ingest.settings.CameraConfig;
import java.nio.ByteBuffer;
import org.freedesktop.gstreamer.Buffer;
import org.freedesktop.gstreamer.Caps;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.Sample;
import org.freedesktop.gstreamer.Structure;
import org.freedesktop.gstreamer.glib.Natives;
import org.jspecify.annotations.Nullable;

/**
 * The decoded pictures of a pipeline, each found by the time stamp of its JPEG. Copies into one
 * array that all pictures of a size share. Used by one thread.
 */
final class PixelSink implements AutoCloseable {
  /** The picture goes into its sink right behind its JPEG. */
  private static final long PATIENCE_NANOS = 100_000_000L;

  private final Element element;
  private final Pointer pointer;
  private byte[] bytes = {};
  private @Nullable Sample ahead;

  private PixelSink(Element element) {
    this.element = element;
    pointer = Natives.getRawPointer(element);
  }

  /** The sink of a camera's pipeline; null where the camera has no gate. */
  static @Nullable PixelSink of(Pipeline pipeline, CameraConfig camera) {
    return PipelineText.hasGate(camera) ? new PixelSink(pipeline.getElementByName("pixels")) : null;
  }

  /**
   * The decoded picture of a time stamp; null if it was lost or is laid out in another way. Valid
   * until the next call.
   *
   * @param pts presentation time stamp, nanoseconds; negative where there is none
   */
  @Nullable I420Picture at(long pts) {
    for (Sample sample = take(); sample != null; sample = take()) {
      try (Buffer buffer = sample.getBuffer()) {
        long found = buffer.getPresentationTimestamp();
        if (found > pts) {
          ahead = sample;
          return null;
        }
        if (found == pts) {
          I420Picture picture = picture(sample, buffer);
          sample.dispose();
          return picture;
        }
      }
      sample.dispose();
    }
    return null;
  }

  private @Nullable Sample take() {
    Sample waiting = ahead;
    if (waiting != null) {
      ahead = null;
      return waiting;
    }
    Pointer pulled = GstNative.App.APP.gst_app_sink_try_pull_sample(pointer, PATIENCE_NANOS);
    return pulled == null ? null : Natives.callerOwnsReturn(pulled, Sample.class);
  }

  private @Nullable I420Picture picture(Sample sample, Buffer buffer) {
    int width;
    int height;
    try (Caps caps = sample.getCaps()) {
      Structure structure = caps.getStructure(0);
      width = structure.getInteger("width");
      height = structure.getInteger("height");
    }
    ByteBuffer mapped = buffer.map(false);
    try {
      return copied(mapped, width, height) ? new I420Picture(width, height, bytes) : null;
    } finally {
      buffer.unmap();
    }
  }

  /** GStreamer's own layout of I420: rows are padded to four bytes, heights to two rows. */
  private boolean copied(ByteBuffer mapped, int width, int height) {
    int stride = up(width, 4);
    int halfStride = up(up(width, 2) / 2, 4);
    int rows = up(height, 2);
    if (mapped.remaining() != stride * rows + 2 * halfStride * (rows / 2)) {
      return false;
    }
    int size = I420Picture.size(width, height);
    if (bytes.length != size) {
      bytes = new byte[size];
    }
    int colour = stride * rows;
    int at = copyPlane(mapped, 0, stride, width, height, 0);
    at = copyPlane(mapped, colour, halfStride, up(width, 2) / 2, rows / 2, at);
    copyPlane(mapped, colour + halfStride * (rows / 2), halfStride, up(width, 2) / 2, rows / 2, at);
    return true;
  }

  private int copyPlane(
      ByteBuffer from, int offset, int stride, int width, int height, int target) {
    int at = target;
    for (int y = 0; y < height; y++) {
      from.get(offset + y * stride, bytes, at, width);
      at += width;
    }
    return at;
  }

  private static int up(int value, int multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }

  @Override
  public void close() {
    if (ahead != null) {
      ahead.dispose();
      ahead = null;
    }
    element.dispose();
  }
}
