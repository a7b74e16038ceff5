package io.andon.detection;

/**
 * The hash of {@link java.util.Arrays#hashCode(byte[])}, eight bytes at a time: one product of many
 * does not wait for the one before it. It is a part of snapshots, so it can't be just any hash.
 */
final class ByteHash {
  private static final int STEP = 8;
  private static final int P2 = 31 * 31;
  private static final int P3 = 31 * P2;
  private static final int P4 = 31 * P3;
  private static final int P5 = 31 * P4;
  private static final int P6 = 31 * P5;

  // The next two are beyond an int and wrap around.
  private static final int P7 = 1_742_810_335;
  private static final int P8 = -1_807_454_463;

  private ByteHash() {}

  static int of(byte[] bytes) {
    int hash = 1;
    int i = 0;
    for (; i + STEP <= bytes.length; i += STEP) {
      hash =
          P8 * hash
              + P7 * bytes[i]
              + P6 * bytes[i + 1]
              + P5 * bytes[i + 2]
              + P4 * bytes[i + 3]
              + P3 * bytes[i + 4]
              + P2 * bytes[i + 5]
              + 31 * bytes[i + 6]
              + bytes[i + 7];
    }
    for (; i < bytes.length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }
}
