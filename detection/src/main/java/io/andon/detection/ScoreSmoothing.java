package io.andon.detection;

import java.util.Arrays;

/**
 * Exponential average over time, but never above the frame's own value: noise is averaged out and
 * yet a single strange frame has no echo. It falls twice as fast as it rises, so that the end of
 * something very strange is seen within a second.
 */
final class ScoreSmoothing {
  private final double constantMicros;
  private final double[] smoothed = new double[Channels.COUNT];
  private long lastMicros = Long.MIN_VALUE;

  /**
   * @param millis time constant; 0 leaves scores as they are
   */
  ScoreSmoothing(int millis) {
    constantMicros = millis * 1_000.0;
    forget();
  }

  void forget() {
    Arrays.fill(smoothed, Double.NaN);
  }

  /** Smooths the scores of a frame in place; NaN stays NaN. */
  void smooth(double[] raw, long streamMicros) {
    double elapsed = lastMicros == Long.MIN_VALUE ? 0 : streamMicros - lastMicros;
    double rising = weight(elapsed, constantMicros);
    double falling = weight(elapsed, constantMicros / 2);
    lastMicros = streamMicros;
    for (int channel = 0; channel < raw.length; channel++) {
      if (!Double.isNaN(raw[channel])) {
        double before = smoothed[channel];
        double step = raw[channel] - before;
        smoothed[channel] =
            Double.isNaN(before) ? raw[channel] : before + (step > 0 ? rising : falling) * step;
        raw[channel] = Math.min(raw[channel], smoothed[channel]);
      }
    }
  }

  private static double weight(double elapsedMicros, double constantMicros) {
    return constantMicros == 0 ? 1 : -StrictMath.expm1(-elapsedMicros / constantMicros);
  }

  void write(SnapshotWriter out) {
    out.putLong(lastMicros);
    for (double value : smoothed) {
      out.putDouble(value);
    }
  }

  void read(SnapshotReader in) throws SnapshotException {
    lastMicros = in.takeLong();
    for (int channel = 0; channel < Channels.countIn(in); channel++) {
      smoothed[channel] = in.takeDouble();
    }
  }
}
