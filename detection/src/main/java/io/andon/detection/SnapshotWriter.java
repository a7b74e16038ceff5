package io.andon.detection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes a snapshot's values, big-endian, into an array that grows. */
final class SnapshotWriter {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int LEAST_BYTES = 1 << 16;

  private byte[] bytes;
  private int size;

  SnapshotWriter() {
    this(0);
  }

  /**
   * @param expected bytes that it will be, as far as is known: what is larger is copied as it grows
   */
  SnapshotWriter(int expected) {
    bytes = new byte[Math.max(LEAST_BYTES, expected)];
  }

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** CRC-32 of all that was written. */
  int crc() {
    return SnapshotFormat.crc(bytes, size);
  }

  /** Opens a section and returns its handle for {@link #endSection}. */
  int beginSection(int tag) {
    putInt(tag);
    putInt(0);
    return size;
  }

  void endSection(int start) {
    INTS.set(bytes, start - Integer.BYTES, size - start);
  }

  void putBoolean(boolean value) {
    grow(1);
    bytes[size++] = (byte) (value ? 1 : 0);
  }

  void putInt(int value) {
    grow(Integer.BYTES);
    INTS.set(bytes, size, value);
    size += Integer.BYTES;
  }

  void putLong(long value) {
    grow(Long.BYTES);
    LONGS.set(bytes, size, value);
    size += Long.BYTES;
  }

  void putDouble(double value) {
    putLong(Double.doubleToLongBits(value));
  }

  void putFloat(float value) {
    putInt(Float.floatToIntBits(value));
  }

  void putBytes(byte[] value) {
    putBytes(value, 0, value.length);
  }

  /** A part of an array, as if it were one of its own. */
  void putBytes(byte[] values, int from, int count) {
    putInt(count);
    grow(count);
    System.arraycopy(values, from, bytes, size, count);
    size += count;
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
