package io.andon.ingest.overload;

/**
 * Which share of the frames is sent. Above the high lag the job is taken for saturated, so that the
 * scores a second are what it can do, and the share becomes what lets it catch up; between the two
 * lags the share stays; below the low one it rises by a twentieth a step. Used by one thread.
 */
final class RateGovernor {
  /** Of what the job can do, so much is sent while it catches up. */
  static final double WHILE_CATCHING_UP = 0.7;

  private static final double RISE = 0.05;

  private final long highMillis;
  private final long lowMillis;
  private final double leastShare;
  private double share = 1;

  RateGovernor(long highMillis, long lowMillis, double leastShare) {
    this.highMillis = highMillis;
    this.lowMillis = lowMillis;
    this.leastShare = leastShare;
  }

  /**
   * The share from now on.
   *
   * @param lagMillis the job's lag
   * @param offered frames a second that there are to send
   * @param scored frames a second that the job has scored
   */
  double step(long lagMillis, double offered, double scored) {
    if (lagMillis > highMillis && offered > 0) {
      double bearable = WHILE_CATCHING_UP * scored / offered;
      share = Math.max(leastShare, Math.min(share, bearable));
    } else if (lagMillis < lowMillis) {
      share = Math.min(1, share + RISE);
    }
    return share;
  }
}
