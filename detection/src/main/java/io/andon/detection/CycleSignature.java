package io.andon.detection;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A frame reduced to what a machine's cycle shows in: the brightness of a coarse grid, less the
 * grid's median so that light which the whole picture shares is none of it, and a few fixed random
 * projections of the pooled vector. Integer arithmetic; one grey level, or one step of a pooled
 * value, is {@value #UNIT}.
 */
final class CycleSignature {
  static final int UNIT = 16;
  static final int VALUES = 32;

  static final int ROWS = 4;
  static final int COLUMNS = 6;
  private static final int BLOCKS = ROWS * COLUMNS;

  // Of the length that was asked for last: all cameras of a job have the same. Told by the length
  // alone, so threads that race only compute it twice.
  private static volatile byte[][] signs = new byte[1][0];

  private CycleSignature() {}

  static short[] of(Observation frame) {
    short[] values = new short[VALUES];
    int[] blocks = blocks(frame);
    int[] sorted = blocks.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < BLOCKS; i++) {
      values[i] = (short) (blocks[i] - sorted[BLOCKS / 2]);
    }
    byte[] pooled = frame.pooled();
    double scale = UNIT / Math.sqrt(pooled.length);
    byte[][] signs = signs(pooled.length);
    for (int i = BLOCKS; i < VALUES; i++) {
      long sum = Math.round(projection(pooled, signs[i - BLOCKS]) * scale);
      values[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sum));
    }
    return values;
  }

  private static int[] blocks(Observation frame) {
    int[] blocks = new int[BLOCKS];
    byte[] luma = frame.luma();
    for (int i = 0; i < BLOCKS; i++) {
      int top = i / COLUMNS * frame.lumaHeight() / ROWS;
      int bottom = Math.max(top + 1, (i / COLUMNS + 1) * frame.lumaHeight() / ROWS);
      int left = i % COLUMNS * frame.lumaWidth() / COLUMNS;
      int right = Math.max(left + 1, (i % COLUMNS + 1) * frame.lumaWidth() / COLUMNS);
      int sum = 0;
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          sum += luma[y * frame.lumaWidth() + x] & 0xff;
        }
      }
      blocks[i] = sum * UNIT / ((bottom - top) * (right - left));
    }
    return blocks;
  }

  private static int projection(byte[] pooled, byte[] signs) {
    int sum = 0;
    for (int i = 0; i < pooled.length; i++) {
      sum += signs[i] * pooled[i];
    }
    return sum;
  }

  /** Signs of the projections of so many values: 1 or -1, a row for each. */
  private static byte[][] signs(int values) {
    byte[][] known = signs;
    if (known[0].length != values) {
      known = new byte[VALUES - BLOCKS][values];
      for (int row = 0; row < known.length; row++) {
        for (int i = 0; i < values; i++) {
          known[row][i] = (byte) (isPositive(BLOCKS + row, i) ? 1 : -1);
        }
      }
      signs = known;
    }
    return known;
  }

  /** A fair coin for each place, by the finaliser of SplitMix64 (Steele et al., 2014). */
  private static boolean isPositive(int row, int column) {
    long z = (((long) row << 32) + column + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (z ^ (z >>> 31)) < 0;
  }

  static void write(short[] values, SnapshotWriter out) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * VALUES);
    bytes.asShortBuffer().put(values);
    out.putBytes(bytes.array());
  }

  static short[] read(SnapshotReader in) throws SnapshotException {
    short[] values = new short[VALUES];
    byte[] bytes = in.takeBytes("signature", 2 * VALUES, 2 * VALUES);
    ByteBuffer.wrap(bytes).asShortBuffer().get(values);
    return values;
  }
}
