package io.andon.detection;

import java.util.Arrays;

/**
 * Which cells of a frame look normal enough to be learnt. While nothing is wrong a cell is left out
 * if it is hotter than the hottest cells of nearly all recent frames, so that slow changes are
 * followed. In an incident the gate is strict: a cell must also be as near to its prototypes as
 * that very cell usually is, now and most of the last half minute, or what stays in the picture
 * would be learnt from its weaker edges inwards.
 */
final class CellGate {
  private static final int GATE_FRAMES = 200;
  private static final int GATE_MIN_FRAMES = 40;
  private static final int STRANGE_MIN_FRAMES = 16;
  private static final int USUAL_FRAMES = 400;
  private static final double DEVIATIONS = 4;

  /** Less than this between two int8 features is rounding. */
  private static final double ROUNDING = 1;

  /**
   * Beyond this many distances between their 10 % quantile and median, hottest cells are strange.
   */
  private static final double STRANGE = 4;

  private static final double WATCH_MICROS = 30e6;
  private static final double SUSPECT_SHARE = 0.2;

  private final int rows;
  private final int columns;
  private final double quantile;
  private final Rolling hottestCells = new Rolling(GATE_FRAMES);
  private final double[] usual;
  private final double[] deviation;
  private final double[] hotShare;
  private int usualFrames;
  private double limit = Double.POSITIVE_INFINITY;

  CellGate(int rows, int columns, double quantile) {
    this.rows = rows;
    this.columns = columns;
    this.quantile = quantile;
    usual = new double[rows * columns];
    deviation = new double[rows * columns];
    hotShare = new double[rows * columns];
  }

  /** Learns from a frame without an anomaly how hot its cells usually are. */
  void noteNormal(double[] distances) {
    hottestCells.add(FrameScores.hottest(distances, 1));
    refreshLimit();
    noteUsual(distances);
  }

  /** Learns how far each cell usually is from what is normal, and nothing of the hottest ones. */
  void noteUsual(double[] distances) {
    usualFrames = Math.min(USUAL_FRAMES, usualFrames + 1);
    for (int cell = 0; cell < usual.length; cell++) {
      double difference = distances[cell] - usual[cell];
      usual[cell] += difference / usualFrames;
      deviation[cell] += (Math.abs(difference) - deviation[cell]) / usualFrames;
    }
  }

  /** A still's distances set against what is usual. */
  EvenedCells evened(double[] distances) {
    return EvenedCells.of(distances, usual, usualFrames);
  }

  /** Follows for how much of the time each cell has been hot lately. */
  void watch(double[] distances, long stepMicros) {
    double weight = -StrictMath.expm1(-stepMicros / WATCH_MICROS);
    for (int cell = 0; cell < hotShare.length; cell++) {
      hotShare[cell] += weight * ((isUnlike(cell, distances[cell]) ? 1 : 0) - hotShare[cell]);
    }
  }

  /** Whether a cell is hotter than it usually is, or than any cell usually is. */
  boolean isUnlike(int cell, double distance) {
    return distance > limit
        || (usualFrames >= GATE_MIN_FRAMES
            && distance > usual[cell] + DEVIATIONS * deviation[cell] + ROUNDING);
  }

  /** Share of the cells that are as hot as they usually are, 0..1. */
  double likeness(double[] distances) {
    int alike = 0;
    for (int cell = 0; cell < distances.length; cell++) {
      alike += isUnlike(cell, distances[cell]) ? 0 : 1;
    }
    return (double) alike / distances.length;
  }

  /** Marks the cells not to be learnt while nothing is wrong, with their neighbours. */
  boolean[] skip(double[] distances) {
    boolean[] skip = new boolean[distances.length];
    for (int cell = 0; cell < distances.length; cell++) {
      if (distances[cell] > limit) {
        markAround(skip, cell);
      }
    }
    return skip;
  }

  /**
   * Marks the cells not to be learnt while an incident is open. Their neighbours are not: what
   * looks as usual has to follow slow changes, or the marks would spread over the picture.
   */
  boolean[] strictSkip(double[] distances) {
    boolean[] skip = new boolean[distances.length];
    for (int cell = 0; cell < distances.length; cell++) {
      skip[cell] = isUnlike(cell, distances[cell]);
    }
    skipSuspects(skip);
    return skip;
  }

  /** Marks the cells that have been hot for much of the last time. */
  void skipSuspects(boolean[] skip) {
    for (int cell = 0; cell < skip.length; cell++) {
      skip[cell] |= hotShare[cell] > SUSPECT_SHARE;
    }
  }

  /**
   * How hot a cell of a warm-up must be to look strange: nothing that up to half of the frames show
   * moves it much. Infinite while too few frames were seen.
   */
  double strangeLimit() {
    if (hottestCells.size() < STRANGE_MIN_FRAMES) {
      return Double.POSITIVE_INFINITY;
    }
    double[] sorted = hottestCells.sorted();
    double median = Rolling.quantile(sorted, 0.5);
    return median + STRANGE * Math.max(ROUNDING, median - Rolling.quantile(sorted, 0.1));
  }

  /** Takes the suspicion off cells. */
  void trust(boolean[] cells) {
    for (int cell = 0; cell < cells.length; cell++) {
      hotShare[cell] = cells[cell] ? 0 : hotShare[cell];
    }
  }

  private void markAround(boolean[] skip, int cell) {
    markAround(skip, cell, rows, columns);
  }

  /** Marks a cell of a grid and its neighbours. */
  static void markAround(boolean[] skip, int cell, int rows, int columns) {
    int row = cell / columns;
    int column = cell % columns;
    for (int r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      int left = r * columns + Math.max(0, column - 1);
      int right = r * columns + Math.min(columns - 1, column + 1);
      Arrays.fill(skip, left, right + 1, true);
    }
  }

  private void refreshLimit() {
    limit =
        hottestCells.size() < GATE_MIN_FRAMES
            ? Double.POSITIVE_INFINITY
            : Rolling.quantile(hottestCells.sorted(), quantile);
  }

  void write(SnapshotWriter out) {
    hottestCells.write(out);
    out.putInt(usualFrames);
    for (int cell = 0; cell < usual.length; cell++) {
      out.putDouble(usual[cell]);
      out.putDouble(deviation[cell]);
      out.putDouble(hotShare[cell]);
    }
  }

  void read(SnapshotReader in) throws SnapshotException {
    hottestCells.read(in);
    refreshLimit();
    if (in.version() < 2) {
      return;
    }
    usualFrames = in.takeInt("usual frames", 0, USUAL_FRAMES);
    for (int cell = 0; cell < usual.length; cell++) {
      usual[cell] = in.takeDouble();
      deviation[cell] = in.takeDouble();
      hotShare[cell] = in.takeDouble();
    }
  }
}
