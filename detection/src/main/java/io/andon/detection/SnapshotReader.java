package io.andon.detection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a snapshot's values; whatever does not fit is {@link SnapshotException.Reason#CORRUPT}. */
final class SnapshotReader {
  private final ByteBuffer in;
  private int version = SnapshotFormat.VERSION;

  /** Reads the content of a section. */
  interface Content {
    void read(SnapshotReader in) throws SnapshotException;
  }

  SnapshotReader(byte[] bytes, int length) {
    in = ByteBuffer.wrap(bytes, 0, length);
  }

  static SnapshotException corrupt(String what) {
    return new SnapshotException(SnapshotException.Reason.CORRUPT, "snapshot: " + what);
  }

  /** The version that the snapshot was written in; what came later is not in it. */
  int version() {
    return version;
  }

  void useVersion(int written) {
    version = written;
  }

  /** Reads the section that must come next, to its end. */
  void section(int tag, Content content) throws SnapshotException {
    int found = takeInt();
    if (found != tag) {
      throw corrupt("section " + found + " where " + tag + " is due");
    }
    int length = takeInt("section length", 0, in.remaining());
    int end = in.position() + length;
    content.read(this);
    if (in.position() != end) {
      throw corrupt("section ends at " + end + ", read to " + in.position());
    }
  }

  /** Checks that nothing follows. */
  void expectEnd() throws SnapshotException {
    if (in.hasRemaining()) {
      throw corrupt(in.remaining() + " bytes follow the last section");
    }
  }

  boolean takeBoolean() throws SnapshotException {
    need(1);
    byte value = in.get();
    if (value != 0 && value != 1) {
      throw corrupt("flag is " + value);
    }
    return value == 1;
  }

  int takeInt() throws SnapshotException {
    need(4);
    return in.getInt();
  }

  int takeInt(String field, int low, int high) throws SnapshotException {
    int value = takeInt();
    if (value < low || value > high) {
      throw corrupt(field + " is " + value + ", allowed: " + low + ".." + high);
    }
    return value;
  }

  long takeLong() throws SnapshotException {
    need(8);
    return in.getLong();
  }

  double takeDouble() throws SnapshotException {
    need(8);
    return in.getDouble();
  }

  float takeFloat() throws SnapshotException {
    need(4);
    return in.getFloat();
  }

  byte[] takeBytes(String field, int low, int high) throws SnapshotException {
    int length = takeInt(field + " length", low, high);
    need(length);
    byte[] value = new byte[length];
    in.get(value);
    return value;
  }

  String takeText(String field, int maxBytes) throws SnapshotException {
    return new String(takeBytes(field, 0, maxBytes), StandardCharsets.UTF_8);
  }

  FrameStamp takeStamp() throws SnapshotException {
    return new FrameStamp(takeLong(), takeLong(), takeLong(), takeInt(), takeLong());
  }

  @Nullable FrameStamp takeOptionalStamp() throws SnapshotException {
    return takeBoolean() ? takeStamp() : null;
  }

  private void need(int length) throws SnapshotException {
    if (in.remaining() < length) {
      throw corrupt("ends " + (length - in.remaining()) + " bytes early");
    }
  }
}
