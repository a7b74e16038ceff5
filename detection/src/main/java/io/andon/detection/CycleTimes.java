package io.andon.detection;

import java.util.Arrays;

/**
 * How long the cycles take, and whether they came off as usual. The usual time is the median of the
 * first clean cycles and stays what it is, so that a slow drift is seen; the current one is the
 * median of the latest clean ones.
 */
final class CycleTimes {
  /** Cycles whose median is the usual time. */
  static final int TO_LEARN = 8;

  private static final int LATEST = 5;
  private static final int JUDGED = 12;
  private static final int TOO_MANY_ODD = 6;

  /** A drift of so many spreads of the times is none. */
  private static final double SPREADS = 1.5;

  private final double[] latest = new double[TO_LEARN];
  private int clean;
  private int cleanInARow;
  private int odd;
  private double usual;
  private double current;

  /** Starts from what the finder says. */
  CycleTimes(double periodMicros) {
    usual = periodMicros;
    current = periodMicros;
  }

  /** A cycle is over and came off as usual. */
  void addClean(double micros) {
    latest[clean % TO_LEARN] = micros;
    clean = clean < 2 * TO_LEARN ? clean + 1 : TO_LEARN + 1;
    cleanInARow = Math.min(JUDGED * 100, cleanInARow + 1);
    odd <<= 1;
    current = median(Math.min(clean, LATEST));
    if (clean <= TO_LEARN) {
      usual = median(clean);
    }
  }

  private double median(int cycles) {
    return Rolling.quantile(latest(cycles), 0.5);
  }

  private double[] latest(int cycles) {
    double[] values = new double[cycles];
    for (int i = 0; i < cycles; i++) {
      values[i] = latest[(clean - 1 - i) % TO_LEARN];
    }
    Arrays.sort(values);
    return values;
  }

  /** A cycle was cut short, ran twice or did not look like one. */
  void addOdd() {
    cleanInARow = 0;
    odd = odd << 1 | 1;
  }

  /** The current time is the usual one from now on. */
  void acceptCurrent() {
    usual = current;
  }

  int cleanInARow() {
    return cleanInARow;
  }

  /** Whether half of the latest cycles did not come off as usual: no cycle to rely on. */
  boolean isUnsteady() {
    return Integer.bitCount(odd & (1 << JUDGED) - 1) >= TOO_MANY_ODD;
  }

  double usualMicros() {
    return usual;
  }

  double currentMicros() {
    return current;
  }

  /**
   * How far the current time is from the usual one, 1 at what is tolerated; 0 within that, and
   * while the usual one is learnt.
   *
   * @param tolerance share of the usual time; the spread of the times may be more
   */
  double drift(double tolerance) {
    double share = clean <= TO_LEARN ? 0 : Math.abs(current / usual - 1);
    double drift = share / Math.max(tolerance, SPREADS * spread());
    return drift >= 1 ? drift : 0;
  }

  /**
   * Distance between the quartiles of the latest clean cycles' times, as a share of the current.
   */
  double spread() {
    int cycles = Math.min(clean, TO_LEARN);
    if (cycles == 0) {
      return 1;
    }
    double[] values = latest(cycles);
    return (Rolling.quantile(values, 0.75) - Rolling.quantile(values, 0.25)) / current;
  }

  void write(SnapshotWriter out) {
    for (double value : latest) {
      out.putDouble(value);
    }
    out.putInt(clean);
    out.putInt(cleanInARow);
    out.putInt(odd);
    out.putDouble(usual);
    out.putDouble(current);
  }

  void read(SnapshotReader in) throws SnapshotException {
    for (int i = 0; i < latest.length; i++) {
      latest[i] = in.takeDouble();
    }
    clean = in.takeInt("clean cycles", 0, 2 * TO_LEARN);
    cleanInARow = in.takeInt("clean cycles in a row", 0, JUDGED * 100);
    odd = in.takeInt();
    usual = positive(in.takeDouble());
    current = positive(in.takeDouble());
  }

  static double positive(double micros) throws SnapshotException {
    if (!(micros > 0 && micros < 1e12)) {
      throw SnapshotReader.corrupt("cycle time is " + micros + " us");
    }
    return micros;
  }
}
