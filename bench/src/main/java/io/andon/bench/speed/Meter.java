package io.andon.bench.speed;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Measures efforts in this process, less what it costs while nobody has anything to do. */
public final class Meter {
  private static final int TURNS = 3;

  private double idleCores;

  /**
   * Learns what the process costs now that nobody has anything to do: polling, timers, checkpoints
   * where every turn has one. It is the least of several turns: what has just been started, and has
   * yet to load its classes, does not wait in the first of them, and what is taken off would be
   * missing from every figure.
   *
   * @param seconds of a turn
   * @return CPU time, cores
   */
  double calibrate(int seconds) throws IOException, InterruptedException {
    idleCores = 0;
    double least = Double.MAX_VALUE;
    for (int turn = 0; turn < TURNS; turn++) {
      Watch watch = start();
      TimeUnit.SECONDS.sleep(seconds);
      Effort waiting = watch.stop(1);
      least = Math.min(least, waiting.cpuSeconds() / waiting.seconds());
    }
    idleCores = least;
    return least;
  }

  /** Starts to measure. */
  public Watch start() throws IOException {
    return new Watch(this, System.nanoTime(), CpuLedger.now());
  }

  /** A measurement that runs. */
  public static final class Watch {
    private final Meter meter;
    private final long startNanos;
    private final CpuLedger before;

    private Watch(Meter meter, long startNanos, CpuLedger before) {
      this.meter = meter;
      this.startNanos = startNanos;
      this.before = before;
    }

    /** Ends it. */
    public Effort stop(long frames) throws IOException {
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      CpuLedger after = CpuLedger.now();
      double surroundings = after.surroundingsSecondsSince(before);
      double compiler = after.compilerSecondsSince(before);
      double spent =
          after.processSecondsSince(before) - surroundings - compiler - meter.idleCores * seconds;
      return new Effort(frames, seconds, spent, compiler, surroundings);
    }
  }
}
