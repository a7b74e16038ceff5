package io.andon.detection;

/**
 * Which false-alarm rate the normal time seen so far can certify: the upper 95 % bound of a Poisson
 * rate. Without a false alarm that is the rule of three, 3 / days (Hanley and Lippman-Hand, JAMA
 * 1983); with some, the chi-squared bound in Wilson and Hilferty's approximation. Every incident
 * that no operator called real counts as a false alarm.
 */
final class Certificate {
  private static final double MICROS_PER_DAY = 86_400e6;
  private static final double Z95 = 1.6448536269514722;
  private static final long MIN_MICROS = 1_000_000;

  private long normalMicros;
  private int doubtful;
  private boolean lastIsDoubtful;

  void addNormalTime(long micros) {
    normalMicros += micros;
  }

  void addIncident() {
    doubtful++;
    lastIsDoubtful = true;
  }

  /** An operator says that the latest incident was a real fault. */
  void confirmLast() {
    if (lastIsDoubtful) {
      doubtful--;
      lastIsDoubtful = false;
    }
  }

  /** Smallest rate that can be certified, false alarms a day. */
  double perDay() {
    double n = doubtful + 1.0;
    double root = 1 - 1 / (9 * n) + Z95 / (3 * Math.sqrt(n));
    return n * root * root * root * MICROS_PER_DAY / Math.max(MIN_MICROS, normalMicros);
  }

  void write(SnapshotWriter out) {
    out.putLong(normalMicros);
    out.putInt(doubtful);
    out.putBoolean(lastIsDoubtful);
  }

  void read(SnapshotReader in) throws SnapshotException {
    normalMicros = in.takeLong();
    doubtful = in.takeInt("doubtful incidents", 0, Integer.MAX_VALUE);
    lastIsDoubtful = in.takeBoolean();
  }
}
