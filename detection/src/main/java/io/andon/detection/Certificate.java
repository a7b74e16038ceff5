package io.andon.detection;

/**
 * Which false-alarm rate the normal time seen so far can certify: the upper 95 % bound of a Poisson
 * rate. Without a false alarm that is the rule of three, 3 / days (Hanley and Lippman-Hand, JAMA
 * 1983); with some, the chi-squared bound in Wilson and Hilferty's approximation. Every incident
 * that no operator called real counts as a false alarm, and is entered into the ledger when it is
 * over.
 */
final class Certificate {
  private static final double MICROS_PER_DAY = 86_400e6;
  private static final double Z95 = 1.6448536269514722;
  private static final long MIN_MICROS = 1_000_000;

  private long normalMicros;
  private int doubtful;
  private boolean lastIsDoubtful;
  private boolean openIsReal;
  private final AlarmLedger ledger = new AlarmLedger();

  /**
   * Begins counting anew: a larger budget lowers the levels under which nothing was seen so far,
   * and what was earned says nothing of the new ones. The ledger stays.
   */
  void budgetRose() {
    normalMicros = 0;
    doubtful = 0;
  }

  void addNormalTime(long micros) {
    normalMicros += micros;
  }

  void addIncident() {
    doubtful++;
    lastIsDoubtful = true;
    openIsReal = false;
    ledger.beginNext();
  }

  /** An operator says that the latest incident, open or over, was a real fault. */
  void confirmLast() {
    if (lastIsDoubtful) {
      doubtful = Math.max(0, doubtful - 1); // it may have opened before the budget rose
      lastIsDoubtful = false;
      openIsReal = true;
    }
    ledger.confirmLast();
  }

  /** The latest incident is over, and nobody has taught it. */
  void endIncident(
      IncidentChange closed, long streamMicros, double drift, double falseAlarmsPerDay) {
    if (!openIsReal) {
      int channel = Channels.IN_ORDER.indexOf(closed.channel());
      ledger.add(channel, streamMicros, closed.peakScore(), drift, falseAlarmsPerDay);
    }
  }

  /** Whether an operator has said that the latest incident is a real fault. */
  boolean lastIsReal() {
    return openIsReal;
  }

  /** What unconfirmed alarms do to a channel's level. */
  double factor(int channel, long streamMicros, double falseAlarmsPerDay) {
    return ledger.factor(channel, streamMicros, falseAlarmsPerDay);
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
    out.putBoolean(openIsReal);
    ledger.write(out);
  }

  void read(SnapshotReader in) throws SnapshotException {
    normalMicros = in.takeLong();
    doubtful = in.takeInt("doubtful incidents", 0, Integer.MAX_VALUE);
    lastIsDoubtful = in.takeBoolean();
    if (in.version() > 1) {
      openIsReal = in.takeBoolean();
      ledger.read(in);
    }
  }
}
