package io.andon.detection;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Makes raw scores comparable. Frames are correlated, so normal time is cut into blocks and a score
 * is judged against the maxima of blocks: of short ones over the last minutes, which follow the
 * line, of longer ones over hours, and of long ones over days, which remember a shift, a shadow or
 * a product that comes back. The longest blocks that there are enough of set the alarm level of a
 * channel, at its share of the false-alarm budget, since they leave the least to extrapolate;
 * shorter ones may raise it to a little beyond what they have seen, so that louder times are
 * followed within minutes.
 *
 * <p>A tail is a guess beyond the data. Until the budget is certified the level lies where the tail
 * would be reached once in a multiple of the normal time seen so far; the multiple is such that the
 * alarms to be expected of all channels while the sample grows to a day, a logarithm, are a share
 * of one day's budget.
 */
final class BlockCalibration {
  /** Fewest blocks that can be calibrated against. */
  static final int MIN_BLOCKS = 5;

  /** Longer blocks remembered: a day of minutes. */
  static final int LONGER_BLOCKS = 1_440;

  /** Long blocks remembered: a week of half hours. */
  static final int LONG_BLOCKS = 336;

  private static final int FEWEST_LONGER = 16;
  private static final int FEWEST_LONG = 48;
  private static final int MAX_PENDING = 256;

  /** Widths of the tail between the median and what one block in a thousand reaches. */
  private static final double FLOOR_WIDTHS = 6.2;

  private static final double MICROS_PER_DAY = 86_400e6;
  private static final double MIN_P = 1e-12;

  private record Block(long startMicros, long endMicros, double[] maxima) {}

  private final DetectorSettings.Calibration settings;
  private final MaximaTier latest;
  private final MaximaTier[] tiers;
  private final double[][] sorted = new double[Channels.COUNT][0];
  private final Deque<Block> pending = new ArrayDeque<>();
  private double[] current = MaximaTier.none();
  private long currentStart = Long.MIN_VALUE;
  private long committed;

  BlockCalibration(DetectorSettings.Calibration settings) {
    this.settings = settings;
    latest = new MaximaTier(1, settings.blocks(), MIN_BLOCKS);
    int longer = settings.longerBlocks();
    tiers =
        new MaximaTier[] {
          latest,
          new MaximaTier(longer, LONGER_BLOCKS, FEWEST_LONGER),
          new MaximaTier(longer * longer, LONG_BLOCKS, FEWEST_LONG)
        };
  }

  /** Whether a channel has blocks enough to be judged. */
  boolean isReady(int channel) {
    return latest.isReady(channel);
  }

  /** How many channels can be judged, at least 1: they share the false-alarm budget. */
  int speaking() {
    int speaking = 0;
    for (int channel = 0; channel < Channels.COUNT; channel++) {
      speaking += isReady(channel) ? 1 : 0;
    }
    return Math.max(1, speaking);
  }

  /** Adds the raw scores of a normal frame; NaN where a channel has none. */
  void add(long streamMicros, double[] raw, boolean atOnce) {
    long blockMicros = settings.blockMillis() * 1_000L;
    if (currentStart == Long.MIN_VALUE) {
      // A baseline that was put away in an incident holds what that has reached so far.
      current = MaximaTier.none();
      currentStart = streamMicros;
    } else if (streamMicros - currentStart >= blockMicros) {
      pending.addLast(new Block(currentStart, streamMicros, current));
      current = MaximaTier.none();
      currentStart = streamMicros;
    }
    MaximaTier.raise(current, raw);
    commit(atOnce ? streamMicros : streamMicros - settings.delayMillis() * 1_000L);
  }

  /** Drops the block in progress and those that wait and end after this time. */
  void discardSince(long streamMicros) {
    current = MaximaTier.none();
    currentStart = Long.MIN_VALUE;
    while (!pending.isEmpty() && pending.getLast().endMicros > streamMicros) {
      pending.removeLast();
    }
  }

  /**
   * Adds the raw scores of a frame in an incident; {@link #endAlarm} decides what becomes of it.
   */
  void addAlarmed(double[] raw) {
    MaximaTier.raise(current, raw);
  }

  /**
   * The incident is over.
   *
   * @param counts whether nobody called it a fault, or somebody normal: then the longer block in
   *     progress has reached what it reached, however long it was. Half of these blocks may hold a
   *     fault before the level rises to it. The long blocks are not told: so many of half an hour
   *     hold one that upper quantiles would be swayed.
   */
  void endAlarm(boolean counts) {
    if (counts) {
      tiers[1].raiseCurrent(current);
    }
    current = MaximaTier.none();
    currentStart = Long.MIN_VALUE;
  }

  private void commit(long until) {
    boolean changed = false;
    while (!pending.isEmpty()
        && (pending.getFirst().endMicros <= until || pending.size() > MAX_PENDING)) {
      double[] block = pending.removeFirst().maxima;
      committed++;
      for (MaximaTier tier : tiers) {
        tier.add(block);
      }
      changed = true;
    }
    if (changed) {
      sort();
    }
  }

  private void sort() {
    for (int channel = 0; channel < Channels.COUNT; channel++) {
      sorted[channel] = latest.sorted(channel);
    }
  }

  /** Median of a channel's block maxima. */
  double median(int channel) {
    return latest.median(channel);
  }

  /** How far a channel's lower block maxima lie apart, as the scale of a tail; 0 or more. */
  double width(int channel) {
    return latest.width(channel);
  }

  /** Raw score at which a channel alarms. */
  double level(int channel, double falseAlarmsPerDay, boolean certified) {
    double median = median(channel);
    double p = Math.max(MIN_P, probability(falseAlarmsPerDay, certified));
    double floor =
        channel == Channels.ACTIVITY || channel == Channels.CYCLE
            ? settings.activityFloor()
            : settings.relativeFloor() * Math.max(median, 1e-3);
    // The floor stands for the least width of the tail: a rarer event lies as many widths further
    // out.
    double level = median + floor * Math.max(1, StrictMath.log(0.5 / p) / FLOOR_WIDTHS);
    boolean longest = true;
    for (int i = tiers.length - 1; i >= 0; i--) {
      MaximaTier tier = tiers[i];
      if (tier.isReady(channel)) {
        double reached = p * tier.span();
        level =
            Math.max(
                level, longest ? tier.level(channel, reached) : tier.ownLevel(channel, reached));
        longest = false;
      }
    }
    return median + (level - median) * (certified ? 1 : settings.provisionalMargin());
  }

  /** Probability with which a channel may reach its level in a block. */
  private double probability(double falseAlarmsPerDay, boolean certified) {
    double blocksPerDay = MICROS_PER_DAY / (settings.blockMillis() * 1_000.0);
    double budget = falseAlarmsPerDay / blocksPerDay / speaking();
    if (certified) {
      return budget;
    }
    double spent = settings.provisionalShare() * falseAlarmsPerDay / speaking();
    double growth = StrictMath.log(Math.max(Math.E, blocksPerDay / MIN_BLOCKS));
    return Math.max(budget, spent / growth / Math.max(MIN_BLOCKS, committed));
  }

  /** Share of normal blocks expected to reach a raw score. */
  double pValue(int channel, double raw) {
    double[] values = sorted[channel];
    int reached = 0;
    while (reached < values.length && values[values.length - 1 - reached] >= raw) {
      reached++;
    }
    double conformal = (1.0 + reached) / (values.length + 1.0);
    if (reached > 0) {
      return conformal;
    }
    double above = raw - median(channel);
    double tail = 0.5 * StrictMath.exp(-above / Math.max(latest.scale(channel), 1e-9));
    return Math.max(MIN_P, Math.min(conformal, tail));
  }

  void write(SnapshotWriter out) {
    latest.write(out);
    out.putLong(currentStart);
    out.putLong(committed);
    MaximaTier.writeMaxima(out, current);
    out.putInt(pending.size());
    for (Block block : pending) {
      out.putLong(block.startMicros);
      out.putLong(block.endMicros);
      MaximaTier.writeMaxima(out, block.maxima);
    }
    for (int i = 1; i < tiers.length; i++) {
      tiers[i].write(out);
      tiers[i].writePart(out);
    }
  }

  void read(SnapshotReader in) throws SnapshotException {
    latest.read(in);
    currentStart = in.takeLong();
    committed = in.takeLong();
    current = MaximaTier.readMaxima(in);
    int blocks = in.takeInt("pending blocks", 0, MAX_PENDING);
    for (int i = 0; i < blocks; i++) {
      pending.addLast(new Block(in.takeLong(), in.takeLong(), MaximaTier.readMaxima(in)));
    }
    for (int i = 1; i < tiers.length && in.version() > 1; i++) {
      tiers[i].read(in);
      tiers[i].readPart(in);
    }
    sort();
  }
}
