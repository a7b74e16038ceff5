package io.andon.detection;

import java.util.Arrays;

/**
 * Feedback from alarms that nobody confirmed within a quarter of an hour. Such an alarm has spent
 * the budget of a period: for two periods its channel does not alarm on anything as small again,
 * however long it lasts, because the level is kept where that alarm's peak in the channel is no
 * evidence, as far as {@link #MOST} lets it. Alarms far above their level change nothing, since no
 * reasonable level would have kept them back, and what is gross must always be told.
 */
final class AlarmLedger {
  /** Alarms that a channel remembers; the oldest leaves. */
  static final int ENTRIES = 8;

  /** Highest factor on the distance between median and level. */
  static final double MOST = 2;

  /** Room between the same peak again and the score that is no evidence. */
  private static final double ABOVE = 1.1;

  private static final double LEAST_DRIFT = 0.1;
  private static final double PERIODS = 2;
  private static final long ANSWER_MICROS = 900_000_000;
  private static final double MICROS_PER_DAY = 86_400e6;

  private final long[][] closed = new long[Channels.COUNT][ENTRIES];
  private final double[][] factors = new double[Channels.COUNT][ENTRIES];
  private final int[] next = new int[Channels.COUNT];
  private int lastChannel = -1;

  AlarmLedger() {
    for (long[] channel : closed) {
      Arrays.fill(channel, Long.MIN_VALUE);
    }
  }

  /**
   * Enters an alarm that was over before anybody confirmed it.
   *
   * @param peakScore its highest score, where 1 was the level
   * @param drift score that is no evidence
   */
  void add(
      int channel, long streamMicros, double peakScore, double drift, double falseAlarmsPerDay) {
    lastChannel = -1;
    if (peakScore > MOST) {
      return;
    }
    double factor =
        factor(channel, streamMicros, falseAlarmsPerDay)
            * peakScore
            * ABOVE
            / Math.max(LEAST_DRIFT, drift);
    closed[channel][next[channel]] = streamMicros;
    factors[channel][next[channel]] = Math.min(MOST, factor);
    next[channel] = (next[channel] + 1) % ENTRIES;
    lastChannel = channel;
  }

  /** Another alarm is open: a word on the latest one no longer means what is entered here. */
  void beginNext() {
    lastChannel = -1;
  }

  /** The latest alarm was a real fault after all. */
  void confirmLast() {
    if (lastChannel >= 0) {
      next[lastChannel] = (next[lastChannel] + ENTRIES - 1) % ENTRIES;
      closed[lastChannel][next[lastChannel]] = Long.MIN_VALUE;
      lastChannel = -1;
    }
  }

  /** Factor on the distance between a channel's median and its level, 1..{@link #MOST}. */
  double factor(int channel, long streamMicros, double falseAlarmsPerDay) {
    double most = 1;
    double patience = PERIODS * MICROS_PER_DAY / falseAlarmsPerDay;
    for (int i = 0; i < ENTRIES; i++) {
      long since = closed[channel][i] == Long.MIN_VALUE ? -1 : streamMicros - closed[channel][i];
      if (since >= ANSWER_MICROS && since <= ANSWER_MICROS + patience) {
        most = Math.max(most, factors[channel][i]);
      }
    }
    return most;
  }

  void write(SnapshotWriter out) {
    out.putInt(lastChannel);
    for (int channel = 0; channel < Channels.COUNT; channel++) {
      out.putInt(next[channel]);
      for (int i = 0; i < ENTRIES; i++) {
        out.putLong(closed[channel][i]);
        out.putDouble(factors[channel][i]);
      }
    }
  }

  void read(SnapshotReader in) throws SnapshotException {
    lastChannel = in.takeInt("channel of the latest alarm", -1, Channels.COUNT - 1);
    for (int channel = 0; channel < Channels.COUNT; channel++) {
      next[channel] = in.takeInt("next ledger entry", 0, ENTRIES - 1);
      for (int i = 0; i < ENTRIES; i++) {
        closed[channel][i] = in.takeLong();
        factors[channel][i] = in.takeDouble();
      }
    }
  }
}
