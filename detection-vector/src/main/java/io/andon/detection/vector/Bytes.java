package io.andon.detection.vector;

import static io.andon.detection.vector.VectorKernels.BYTES;
import static io.andon.detection.vector.VectorKernels.FLOATS;
import static io.andon.detection.vector.VectorKernels.LANES;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Bytes as floats. */
final class Bytes {
  private static final byte SIGN = (byte) 0x80;

  private Bytes() {}

  /** Widens signed values. */
  static void widen(byte[] from, int at, float[] to, int toAt, int length) {
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      ((FloatVector) ByteVector.fromArray(BYTES, from, at + i).castShape(FLOATS, 0))
          .intoArray(to, toAt + i);
    }
    for (; i < length; i++) {
      to[toAt + i] = from[at + i];
    }
  }

  /** Widens unsigned values. */
  static void widenUnsigned(byte[] from, int at, float[] to, int toAt, int length) {
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      // There is no cast of unsigned ones: half of the range down as bytes, and up again.
      ByteVector down =
          ByteVector.fromArray(BYTES, from, at + i).lanewise(VectorOperators.XOR, SIGN);
      ((FloatVector) down.castShape(FLOATS, 0)).add(128).intoArray(to, toAt + i);
    }
    for (; i < length; i++) {
      to[toAt + i] = from[at + i] & 0xff;
    }
  }
}
