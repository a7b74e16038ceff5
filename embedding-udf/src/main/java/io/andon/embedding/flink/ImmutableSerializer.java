package io.andon.embedding.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer of an immutable record. A copy is the same object. Every record begins with a byte
 * that names the version of its format, so that bytes say for themselves what they are.
 */
abstract class ImmutableSerializer<T> extends TypeSerializerSingleton<T> {
  private static final long serialVersionUID = 1;

  /** The version that is written; a reader accepts every version that was ever written. */
  static final int VERSION = 3;

  /** Knew no frames that repeat a picture. */
  static final int FIRST_VERSION = 1;

  /** Knew no frames before which others were left out. */
  static final int SECOND_VERSION = 2;

  abstract void write(T value, DataOutputView target) throws IOException;

  /**
   * Reads a value.
   *
   * @param version format that it was written in
   */
  abstract T read(DataInputView source, int version) throws IOException;

  @Override
  public final void serialize(T value, DataOutputView target) throws IOException {
    target.writeByte(VERSION);
    write(value, target);
  }

  @Override
  public final T deserialize(DataInputView source) throws IOException {
    int version = source.readUnsignedByte();
    requireKnown(version, getClass());
    return read(source, version);
  }

  static void requireKnown(int version, Class<?> reader) throws IOException {
    if (version < FIRST_VERSION || version > VERSION) {
      throw new IOException(
          "%s read format version %d, it knows %d to %d"
              .formatted(reader.getSimpleName(), version, FIRST_VERSION, VERSION));
    }
  }

  @Override
  public final T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public final void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public final T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, T reuse) {
    return from;
  }

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  @Override
  public final int getLength() {
    return -1;
  }

  /** Writes a length and the bytes. */
  static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  /**
   * Reads what {@link #writeBytes} wrote.
   *
   * @param maxBytes the most that is allowed, so that damaged bytes cannot ask for the whole heap
   */
  static byte[] readBytes(DataInputView source, int maxBytes, String field) throws IOException {
    byte[] bytes = new byte[checkedLength(source.readInt(), maxBytes, field)];
    source.readFully(bytes);
    return bytes;
  }

  static int checkedLength(int length, int max, String field) throws IOException {
    if (length < 0 || length > max) {
      throw new IOException(field + " has length " + length + ", 0 to " + max + " are allowed");
    }
    return length;
  }
}
