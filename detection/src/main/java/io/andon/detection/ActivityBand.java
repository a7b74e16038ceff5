package io.andon.detection;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Whether there is more or less movement than there ever is. The movement of each coarse cell is
 * averaged over a short and a long window; logarithms of both are compared with the band that their
 * normal values fill. The long window catches a machine that stands still although pauses are
 * normal; it only counts while the short one leans the same way, so that a fault's end is seen at
 * once.
 */
final class ActivityBand {
  private static final int MAX_RECENT = 160;
  private static final int MIN_SAMPLES = 16;
  private static final int TRIMMED = 2;
  private static final int MIN_TO_TRIM = 5;
  private static final double LOW_QUANTILE = 0.01;
  private static final double MIN_WIDTH = 0.35;

  /**
   * A rise has many harmless causes (a shadow, a shake of the camera, somebody who walks by) and no
   * bound; a fall ends at the noise.
   */
  private static final double RISE_WEIGHT = 0.1;

  /**
   * Grey levels. Where nothing moves, sensor and codec are all the movement there is, and both grow
   * quieter without a meaning: a fall by this much is no more than a width.
   */
  private static final double FLICKER = 0.5;

  private record Recent(long streamMicros, double[] energy) {}

  private final DetectorSettings.Activity settings;
  private final int cells;
  private final Deque<Recent> recent = new ArrayDeque<>();
  private final Rolling[] normal;
  private final double[] low;
  private final double[] high;

  ActivityBand(DetectorSettings.Activity settings) {
    this.settings = settings;
    cells = settings.rows() * settings.columns();
    normal = new Rolling[2 * cells];
    for (int i = 0; i < normal.length; i++) {
      normal[i] = new Rolling(settings.samples());
    }
    low = new double[2 * cells];
    high = new double[2 * cells];
  }

  /**
   * Adds the movement of one frame, coarse blocks, row-major. At rates at which the frames of the
   * long window would be more than are kept, some are passed over, evenly. One from before the
   * window stays, which tells that the window is filled at rates at which few frames are in it.
   */
  void add(long streamMicros, double[] energy) {
    long closest = settings.longMillis() * 1_000L / MAX_RECENT;
    if (!recent.isEmpty() && streamMicros - recent.getLast().streamMicros < closest) {
      return;
    }
    recent.addLast(new Recent(streamMicros, energy));
    long horizon = streamMicros - settings.longMillis() * 1_000L;
    while (recent.size() > MAX_RECENT || isSecondBefore(horizon)) {
      recent.removeFirst();
    }
  }

  private boolean isSecondBefore(long horizon) {
    Iterator<Recent> oldest = recent.iterator();
    oldest.next();
    return oldest.hasNext() && oldest.next().streamMicros <= horizon;
  }

  void interrupt() {
    recent.clear();
  }

  /**
   * Log movement of each coarse cell over the short, then over the long window; empty while the
   * long window is not filled.
   */
  double[] features(long streamMicros) {
    long span = recent.isEmpty() ? 0 : streamMicros - recent.getFirst().streamMicros;
    if (span < settings.longMillis() * 800L) {
      return new double[0];
    }
    double[] features = new double[2 * cells];
    fill(features, 0, streamMicros - settings.shortMillis() * 1_000L);
    fill(features, cells, streamMicros - settings.longMillis() * 1_000L);
    return features;
  }

  /** Averages without the highest values: a flash or a damaged frame touches two steps. */
  private void fill(double[] features, int offset, long since) {
    int frames = 0;
    for (Recent entry : recent) {
      frames += entry.streamMicros >= since ? 1 : 0;
    }
    double[] values = new double[frames];
    int kept = frames >= MIN_TO_TRIM ? frames - TRIMMED : frames;
    for (int cell = 0; cell < cells; cell++) {
      int n = 0;
      for (Recent entry : recent) {
        if (entry.streamMicros >= since) {
          values[n++] = entry.energy[cell];
        }
      }
      Arrays.sort(values);
      double sum = 0;
      for (int i = 0; i < kept; i++) {
        sum += values[i];
      }
      double mean = kept == 0 ? 0 : sum / kept;
      features[offset + cell] = StrictMath.log(mean + settings.noiseFloor());
    }
  }

  /** Whether enough normal movement is known. */
  boolean isReady() {
    return normal[0].size() >= MIN_SAMPLES;
  }

  /** How strange each coarse cell's movement is: {@link #strangeness} of how far it is outside. */
  double[] excess(double[] features) {
    double[] excess = new double[cells];
    for (int cell = 0; cell < cells; cell++) {
      double now = features[cell];
      double later = features[cells + cell];
      double middle = (low[cell] + high[cell]) / 2;
      double most = Math.max(below(cell, now), above(cell, now));
      if (now < middle) {
        most = Math.max(most, below(cells + cell, later));
      } else {
        most = Math.max(most, above(cells + cell, later));
      }
      excess[cell] = strangeness(most);
    }
    return excess;
  }

  /**
   * How strange it is to be outside a band. The features are logarithms of means, so nearly normal
   * in their distribution, and the odds of a distance beyond a normal band fall with the square of
   * the distance from its middle, half a width inside. As squares, maxima have the exponential tail
   * that the calibration expects; as distances it would put the level beyond what a stop can reach.
   *
   * @param widths distance outside the band, in widths of the band, 0 or more
   * @return 0 at the edge of the band, 2 a width outside
   */
  static double strangeness(double widths) {
    return widths * (1 + widths);
  }

  private double below(int i, double value) {
    double flicker = StrictMath.log1p(FLICKER / StrictMath.exp(low[i]));
    return Math.max(0, low[i] - value) / Math.max(width(i), flicker);
  }

  private double above(int i, double value) {
    return RISE_WEIGHT * Math.max(0, value - high[i]) / width(i);
  }

  private double width(int i) {
    return Math.max(MIN_WIDTH, high[i] - low[i]);
  }

  /** Learns normal features; {@code times} counts them more than once. */
  void learn(double[] features, int times) {
    for (int i = 0; i < features.length; i++) {
      for (int n = 0; n < times; n++) {
        normal[i].add(features[i]);
      }
    }
    refreshBand();
  }

  /** Learns the marked coarse cells of normal features only. */
  void learn(double[] features, int times, boolean[] coarseCells) {
    for (int i = 0; i < features.length; i++) {
      for (int n = 0; coarseCells[i % cells] && n < times; n++) {
        normal[i].add(features[i]);
      }
    }
    refreshBand();
  }

  private void refreshBand() {
    for (int i = 0; i < normal.length; i++) {
      if (normal[i].size() > 0) {
        low[i] = normal[i].quantile(LOW_QUANTILE);
        high[i] = normal[i].quantile(1 - LOW_QUANTILE);
      }
    }
  }

  void write(SnapshotWriter out) {
    out.putInt(cells);
    out.putInt(recent.size());
    for (Recent entry : recent) {
      out.putLong(entry.streamMicros);
      for (double energy : entry.energy) {
        out.putDouble(energy);
      }
    }
    for (Rolling values : normal) {
      values.write(out);
    }
  }

  /** Reads what {@link #write} wrote; a band of another coarse grid is forgotten. */
  void read(SnapshotReader in) throws SnapshotException {
    int written = in.takeInt("coarse cells", 1, 8 * 12);
    int entries = in.takeInt("recent movements", 0, MAX_RECENT);
    for (int i = 0; i < entries; i++) {
      long streamMicros = in.takeLong();
      double[] energy = new double[written];
      for (int cell = 0; cell < written; cell++) {
        energy[cell] = in.takeDouble();
      }
      if (written == cells) {
        recent.addLast(new Recent(streamMicros, energy));
      }
    }
    for (int i = 0; i < 2 * written; i++) {
      (written == cells ? normal[i] : new Rolling(1)).read(in);
    }
    refreshBand();
  }
}
