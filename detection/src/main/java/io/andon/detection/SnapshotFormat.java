package io.andon.detection;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * The frame of a snapshot: magic, version, camera, sections in a fixed order (tag, length,
 * content), CRC-32 over all of it. Big-endian. A reader takes every version ever written; the
 * reader of a snapshot carries its version, so that each part knows what was not written yet.
 */
final class SnapshotFormat {
  static final int FIRST_VERSION = 1;
  static final int VERSION = 7;
  static final int GENERAL = 1;
  static final int COMMANDS = 2;
  static final int FAULTS = 3;
  static final int INCIDENT = 4;
  static final int BASELINE = 5;

  /** Since version 2. */
  static final int SCENES = 6;

  /** Since version 2. */
  static final int UNDO = 7;

  /** Since version 3. */
  static final int PICTURE = 8;

  private static final int MAGIC = 0x414e_4454; // "ANDT"
  private static final int CRC_BYTES = 4;
  private static final int HEADER_BYTES = 8;

  private SnapshotFormat() {}

  /**
   * Writes a snapshot.
   *
   * @param expected bytes that it will be, as far as is known
   */
  static byte[] seal(String camera, int expected, Consumer<SnapshotWriter> content) {
    SnapshotWriter out = new SnapshotWriter(expected);
    out.putInt(MAGIC);
    out.putInt(VERSION);
    out.putText(camera);
    content.accept(out);
    out.putInt(out.crc());
    return out.toBytes();
  }

  static void section(SnapshotWriter out, int tag, Consumer<SnapshotWriter> content) {
    int start = out.beginSection(tag);
    content.accept(out);
    out.endSection(start);
  }

  /** Checks the frame and returns a reader of the first section. */
  static SnapshotReader open(String camera, byte[] snapshot) throws SnapshotException {
    if (snapshot.length < HEADER_BYTES + CRC_BYTES) {
      throw SnapshotReader.corrupt("has " + snapshot.length + " bytes");
    }
    SnapshotReader in = new SnapshotReader(snapshot, snapshot.length - CRC_BYTES);
    int magic = in.takeInt();
    if (magic != MAGIC) {
      throw SnapshotReader.corrupt("begins with " + Integer.toHexString(magic));
    }
    int version = in.takeInt();
    in.useVersion(version);
    if (version < FIRST_VERSION || version > VERSION) {
      throw new SnapshotException(
          SnapshotException.Reason.UNKNOWN_VERSION,
          "snapshot: version is " + version + ", allowed: " + FIRST_VERSION + ".." + VERSION);
    }
    int written = ByteBuffer.wrap(snapshot).getInt(snapshot.length - CRC_BYTES);
    if (crc(snapshot, snapshot.length - CRC_BYTES) != written) {
      throw SnapshotReader.corrupt("checksum differs");
    }
    String owner = in.takeText("camera", 1_024);
    if (!owner.equals(camera)) {
      throw new SnapshotException(
          SnapshotException.Reason.OTHER_CAMERA,
          "snapshot: camera is " + owner + ", allowed: " + camera);
    }
    return in;
  }

  /** CRC-32 of the first bytes of an array. */
  static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
