package io.andon.detection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes a snapshot's values, big-endian, into an array that grows. */
final class SnapshotWriter {
  private byte[] bytes = new byte[1 << 16];
  private int size;

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Opens a section and returns its handle for {@link #endSection}. */
  int beginSection(int tag) {
    putInt(tag);
    putInt(0);
    return size;
  }

  void endSection(int start) {
    int length = size - start;
    for (int i = 0; i < 4; i++) {
      bytes[start - 4 + i] = (byte) (length >>> (24 - 8 * i));
    }
  }

  void putBoolean(boolean value) {
    grow(1);
    bytes[size++] = (byte) (value ? 1 : 0);
  }

  void putInt(int value) {
    grow(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void putLong(long value) {
    putInt((int) (value >>> 32));
    putInt((int) value);
  }

  void putDouble(double value) {
    putLong(Double.doubleToLongBits(value));
  }

  void putFloat(float value) {
    putInt(Float.floatToIntBits(value));
  }

  void putBytes(byte[] value) {
    putInt(value.length);
    grow(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  void putText(String value) {
    putBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  void putStamp(FrameStamp stamp) {
    putLong(stamp.capturedMicros());
    putLong(stamp.play());
    putLong(stamp.seq());
    putInt(stamp.partition());
    putLong(stamp.offset());
  }

  void putOptionalStamp(@Nullable FrameStamp stamp) {
    putBoolean(stamp != null);
    if (stamp != null) {
      putStamp(stamp);
    }
  }

  private void grow(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
