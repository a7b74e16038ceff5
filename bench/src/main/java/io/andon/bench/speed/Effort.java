package io.andon.bench.speed;

/**
 * What a number of frames took.
 *
 * @param frames frames
 * @param seconds wall clock
 * @param cpuSeconds CPU time spent on them, natives and JVM included; without broker, load and
 *     reader of the scores, and without what the process spends when it has nothing to do
 * @param surroundingsSeconds CPU time of broker, load and reader
 */
public record Effort(long frames, double seconds, double cpuSeconds, double surroundingsSeconds) {
  /** Frames a second. */
  public double framesPerSecond() {
    return frames / seconds;
  }

  /** CPU time a frame, milliseconds. */
  public double cpuMillis() {
    return cpuSeconds * 1e3 / frames;
  }

  /** CPU time of the surroundings a frame, milliseconds. */
  public double surroundingsMillis() {
    return surroundingsSeconds * 1e3 / frames;
  }
}
