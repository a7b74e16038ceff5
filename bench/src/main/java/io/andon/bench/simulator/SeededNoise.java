package io.andon.bench.simulator;

/** Values that depend on a seed and an index alone, so that any moment can be drawn again. */
final class SeededNoise {
  private SeededNoise() {}

  /** A value in [0, 1) for the index, by the finaliser of SplitMix64 (Steele et al., 2014). */
  static double uniform(long seed, long index) {
    long z = seed + index * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }

  /** A value in [-1, 1) for the index. */
  static double signed(long seed, long index) {
    return 2 * uniform(seed, index) - 1;
  }
}
