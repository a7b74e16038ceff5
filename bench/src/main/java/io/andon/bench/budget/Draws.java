package io.andon.bench.budget;

import java.util.Random;

/**
 * Random numbers of one seeded stream (SplitMix64), quick enough for whole days of frames. Normal
 * deviates come from a fixed table, so they are the same on every machine.
 */
final class Draws {
  private static final int TABLE = 1 << 16;
  private static final float[] NORMAL = new float[TABLE];

  static {
    Random random = new Random(20_240_501);
    for (int i = 0; i < TABLE; i++) {
      NORMAL[i] = (float) random.nextGaussian();
    }
  }

  private long state;

  Draws(long seed) {
    state = seed;
  }

  /** A stream of its own for one purpose. */
  static Draws of(long seed, long purpose) {
    return new Draws(new Draws(seed * 1_000_003L + purpose).bits());
  }

  long bits() {
    state += 0x9E3779B97F4A7C15L;
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A value in [0, 1). */
  double uniform() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  double between(double low, double high) {
    return low + (high - low) * uniform();
  }

  int below(int bound) {
    return (int) (uniform() * bound);
  }

  double normal() {
    return NORMAL[(int) (bits() >>> 48)];
  }

  /** Exponentially distributed with this mean. */
  double exponential(double mean) {
    return -mean * StrictMath.log(1 - uniform());
  }

  /** Fills an array with independent normal deviates. */
  void normals(float[] out) {
    long bits = 0;
    for (int i = 0; i < out.length; i++) {
      bits = (i & 3) == 0 ? bits() : bits >>> 16;
      out[i] = NORMAL[(int) bits & (TABLE - 1)];
    }
  }

  /** A direction of length {@code length} in so many dimensions. */
  float[] direction(int dimensions, double length) {
    float[] vector = new float[dimensions];
    double squares = 0;
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) normal();
      squares += vector[i] * vector[i];
    }
    for (int i = 0; i < dimensions; i++) {
      vector[i] *= (float) (length / Math.sqrt(squares));
    }
    return vector;
  }
}
