package io.andon.bench.speed;

/**
 * What a number of frames took.
 *
 * @param frames frames
 * @param seconds wall clock
 * @param cpuSeconds CPU time spent on them, natives and garbage collection included; without
 *     broker, load and reader of the scores, without JIT compilation, which is of their code too
 *     and ends after minutes, and without what the process spends when it has nothing to do
 * @param compilerSeconds CPU time of JIT compilation
 * @param surroundingsSeconds CPU time of broker, load and reader
 */
public record Effort(
    long frames,
    double seconds,
    double cpuSeconds,
    double compilerSeconds,
    double surroundingsSeconds) {
  /** The same effort, said to have taken so long. */
  public Effort withSeconds(double other) {
    return new Effort(frames, other, cpuSeconds, compilerSeconds, surroundingsSeconds);
  }

  /** Frames a second. */
  public double framesPerSecond() {
    return frames / seconds;
  }

  /** CPU time a frame, milliseconds. */
  public double cpuMillis() {
    return cpuSeconds * 1e3 / frames;
  }

  /** CPU time of JIT compilation a frame, milliseconds. */
  public double compilerMillis() {
    return compilerSeconds * 1e3 / frames;
  }

  /** CPU time of the surroundings a frame, milliseconds. */
  public double surroundingsMillis() {
    return surroundingsSeconds * 1e3 / frames;
  }
}
