package io.andon.bench.speed;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a number of frames took.
 *
 * @param frames frames
 * @param seconds wall clock
 * @param cpuSeconds CPU time of the whole process, natives and JIT included
 */
public record Effort(long frames, double seconds, double cpuSeconds) {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Frames a second. */
  public double framesPerSecond() {
    return frames / seconds;
  }

  /** CPU time a frame, milliseconds. */
  public double cpuMillis() {
    return cpuSeconds * 1e3 / frames;
  }

  /** Starts to measure. */
  public static Watch start() {
    return new Watch(System.nanoTime(), SYSTEM.getProcessCpuTime());
  }

  /** A measurement that runs. */
  public record Watch(long startNanos, long startCpuNanos) {
    /** Ends it. */
    public Effort stop(long frames) {
      return new Effort(
          frames,
          (System.nanoTime() - startNanos) / 1e9,
          (SYSTEM.getProcessCpuTime() - startCpuNanos) / 1e9);
    }
  }
}
