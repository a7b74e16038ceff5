package io.andon.job.archive;

import io.andon.contracts.ClockSource;
import io.andon.detection.FrameStamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The bytes of an archived snapshot, version 1: magic, version, camera, frames topic, last frame
 * (captured, play, seq, partition, offset), clock, space, options, settings, then the detector's
 * snapshot with its length, SHA-256 and deflated bytes, and a CRC-32 over all of it. Big-endian,
 * texts as {@link DataOutputStream#writeUTF}. A reader must take every version ever written.
 */
public final class SnapshotCodec {
  private static final int MAGIC = 0x414e_4441; // "ANDA"
  private static final int VERSION = 1;
  private static final int CRC_BYTES = 4;
  private static final int HEADER_BYTES = 8;
  private static final int MAX_OPTIONS = 1_000;
  private static final int MAX_SNAPSHOT_BYTES = 256 << 20;

  private SnapshotCodec() {}

  /** The bytes of a file. */
  public static byte[] encode(ArchivedSnapshot snapshot) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(snapshot.detector().length / 2);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeUTF(snapshot.camera());
      out.writeUTF(snapshot.framesTopic());
      writeStamp(out, snapshot.last());
      out.writeBoolean(snapshot.clock() == ClockSource.SENDER);
      out.writeUTF(snapshot.space());
      out.writeInt(snapshot.options().size());
      for (Map.Entry<String, String> option : snapshot.options().entrySet()) {
        out.writeUTF(option.getKey());
        out.writeUTF(option.getValue());
      }
      out.writeUTF(snapshot.settings());
      writeDetector(out, snapshot.detector());
      out.writeInt(crc(bytes.toByteArray(), bytes.size()));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("a snapshot can't be encoded", e);
    }
  }

  private static void writeStamp(DataOutputStream out, FrameStamp stamp) throws IOException {
    out.writeLong(stamp.capturedMicros());
    out.writeLong(stamp.play());
    out.writeLong(stamp.seq());
    out.writeInt(stamp.partition());
    out.writeLong(stamp.offset());
  }

  private static void writeDetector(DataOutputStream out, byte[] detector) throws IOException {
    byte[] deflated = deflated(detector);
    out.writeInt(detector.length);
    out.write(sha256(detector));
    out.writeInt(deflated.length);
    out.write(deflated);
  }

  /**
   * Reads a file.
   *
   * @throws ArchiveException if the bytes are damaged or of a version that isn't known
   */
  public static ArchivedSnapshot decode(byte[] file) throws ArchiveException {
    checkFrame(file);
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(file, HEADER_BYTES, file.length))) {
      return new ArchivedSnapshot(
          in.readUTF(),
          in.readUTF(),
          readStamp(in),
          in.readBoolean() ? ClockSource.SENDER : ClockSource.ARRIVAL,
          in.readUTF(),
          readOptions(in),
          in.readUTF(),
          readDetector(in));
    } catch (IOException | DataFormatException e) {
      throw damaged("its content can't be read: " + e);
    }
  }

  private static void checkFrame(byte[] file) throws ArchiveException {
    if (file.length < HEADER_BYTES + CRC_BYTES) {
      throw damaged("it has " + file.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(file);
    if (buffer.getInt() != MAGIC) {
      throw damaged("it begins with other bytes than an archived snapshot");
    }
    int version = buffer.getInt();
    if (version != VERSION) {
      throw new ArchiveException(
          "the archived snapshot has version " + version + ", this program reads " + VERSION);
    }
    if (buffer.getInt(file.length - CRC_BYTES) != crc(file, file.length - CRC_BYTES)) {
      throw damaged("its checksum differs");
    }
  }

  private static FrameStamp readStamp(DataInputStream in) throws IOException {
    return new FrameStamp(in.readLong(), in.readLong(), in.readLong(), in.readInt(), in.readLong());
  }

  private static Map<String, String> readOptions(DataInputStream in)
      throws IOException, ArchiveException {
    int count = in.readInt();
    if (count < 0 || count > MAX_OPTIONS) {
      throw damaged("it has " + count + " options");
    }
    Map<String, String> options = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      options.put(in.readUTF(), in.readUTF());
    }
    return options;
  }

  private static byte[] readDetector(DataInputStream in)
      throws IOException, DataFormatException, ArchiveException {
    int length = in.readInt();
    if (length < 0 || length > MAX_SNAPSHOT_BYTES) {
      throw damaged("its snapshot is said to have " + length + " bytes");
    }
    byte[] sha256 = in.readNBytes(32);
    byte[] deflated = in.readNBytes(Math.max(0, in.readInt()));
    byte[] detector = new byte[length];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(deflated);
      int inflated = inflater.inflate(detector);
      if (inflated != length || !Arrays.equals(sha256, sha256(detector))) {
        throw damaged("its snapshot is another than the one that was archived");
      }
    } finally {
      inflater.end();
    }
    return detector;
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2);
      byte[] piece = new byte[1 << 16];
      while (!deflater.finished()) {
        out.write(piece, 0, deflater.deflate(piece));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static ArchiveException damaged(String why) {
    return new ArchiveException("the archived snapshot is damaged: " + why);
  }
}
