package io.andon.detection;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Makes raw scores comparable. Frames are correlated, so normal time is cut into blocks and a score
 * is judged against the block maxima of its channel: rolling conformal p-values inside the sample,
 * and an exponential tail above its median beyond it (peaks over threshold with shape 0, as in
 * SPOT, KDD 2017), whose scale comes from quantiles so that contaminated blocks hardly move it. The
 * alarm level of a channel is where that tail meets the channel's share of the false-alarm budget;
 * a small sample and a budget that is not certified yet push it up.
 */
final class BlockCalibration {
  /** Fewest blocks that can be calibrated against. */
  static final int MIN_BLOCKS = 5;

  private static final int MAX_PENDING = 256;
  private static final double MICROS_PER_DAY = 86_400e6;
  private static final double MIN_P = 1e-12;

  /** ln(ln 10) - ln(ln 2): distance between two quantiles of a Gumbel distribution of scale 1. */
  private static final double GUMBEL_MEDIAN_TO_TENTH = 1.2005;

  private record Block(long startMicros, long endMicros, double[] maxima) {}

  private final DetectorSettings.Calibration settings;
  private final Rolling[] maxima = new Rolling[Channels.COUNT];
  private final double[][] sorted = new double[Channels.COUNT][0];
  private final double[] tailScale = new double[Channels.COUNT];
  private final Deque<Block> pending = new ArrayDeque<>();
  private double[] current = noMaxima();
  private long currentStart = Long.MIN_VALUE;
  private long committed;

  BlockCalibration(DetectorSettings.Calibration settings) {
    this.settings = settings;
    for (int channel = 0; channel < Channels.COUNT; channel++) {
      maxima[channel] = new Rolling(settings.blocks());
    }
  }

  /** Whether a channel has blocks enough to be judged. */
  boolean isReady(int channel) {
    return maxima[channel].size() >= MIN_BLOCKS;
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
      currentStart = streamMicros;
    } else if (streamMicros - currentStart >= blockMicros) {
      pending.addLast(new Block(currentStart, streamMicros, current));
      current = noMaxima();
      currentStart = streamMicros;
    }
    for (int channel = 0; channel < Channels.COUNT; channel++) {
      if (raw[channel] > current[channel] || Double.isNaN(current[channel])) {
        current[channel] = raw[channel];
      }
    }
    commit(atOnce ? streamMicros : streamMicros - settings.delayMillis() * 1_000L);
  }

  /** Drops the block in progress and those that wait and end after this time. */
  void discardSince(long streamMicros) {
    current = noMaxima();
    currentStart = Long.MIN_VALUE;
    while (!pending.isEmpty() && pending.getLast().endMicros > streamMicros) {
      pending.removeLast();
    }
  }

  private void commit(long until) {
    boolean changed = false;
    while (!pending.isEmpty()
        && (pending.getFirst().endMicros <= until || pending.size() > MAX_PENDING)) {
      double[] block = pending.removeFirst().maxima;
      committed++;
      for (int channel = 0; channel < Channels.COUNT; channel++) {
        if (!Double.isNaN(block[channel])) {
          maxima[channel].add(block[channel]);
          changed = true;
        }
      }
    }
    if (changed) {
      refresh();
    }
  }

  private void refresh() {
    for (int channel = 0; channel < Channels.COUNT; channel++) {
      sorted[channel] = maxima[channel].sorted();
      tailScale[channel] = sorted[channel].length == 0 ? 0 : tailScale(sorted[channel]);
    }
  }

  /**
   * The lower half of the block maxima gives the tail's scale as if they were Gumbel distributed,
   * which maxima tend to be: anomalies that were missed can't reach it. The upper quantiles may
   * raise it, but only twofold.
   */
  private static double tailScale(double[] sorted) {
    double median = Rolling.quantile(sorted, 0.5);
    double lower = (median - Rolling.quantile(sorted, 0.1)) / GUMBEL_MEDIAN_TO_TENTH;
    double middle = (Rolling.quantile(sorted, 0.75) - median) / StrictMath.log(2);
    double end = (Rolling.quantile(sorted, 0.9) - median) / StrictMath.log(5);
    double scale = Math.max(lower, Math.min(Math.max(middle, end), 2 * lower));
    return scale * (1 + 3.0 / sorted.length);
  }

  /** Median of a channel's block maxima. */
  double median(int channel) {
    return Rolling.quantile(sorted[channel], 0.5);
  }

  /** Raw score at which a channel alarms. */
  double level(int channel, double falseAlarmsPerDay, boolean certified) {
    double median = median(channel);
    double blocksPerDay = MICROS_PER_DAY / (settings.blockMillis() * 1_000.0);
    double budget = falseAlarmsPerDay / blocksPerDay / speaking();
    // Beyond the data a tail is a guess: until the budget is certified it reaches so far only.
    double reached = 1 / (settings.provisionalReach() * Math.max(MIN_BLOCKS, committed));
    double p = Math.min(0.05, Math.max(MIN_P, certified ? budget : Math.max(budget, reached)));
    double floor =
        channel == Channels.ACTIVITY || channel == Channels.CYCLE
            ? settings.activityFloor()
            : settings.relativeFloor() * Math.max(median, 1e-3);
    double distance = Math.max(floor, tailScale[channel] * StrictMath.log(0.5 / p));
    return median + distance * (certified ? 1 : settings.provisionalMargin());
  }

  /** Share of normal blocks expected to reach a raw score. */
  double pValue(int channel, double raw) {
    double[] values = sorted[channel];
    int reached = 0;
    for (double value : values) {
      if (value >= raw) {
        reached++;
      }
    }
    double conformal = (1.0 + reached) / (values.length + 1.0);
    if (reached > 0) {
      return conformal;
    }
    double above = raw - median(channel);
    double scale = Math.max(tailScale[channel], 1e-9);
    double tail = 0.5 * StrictMath.exp(-above / scale);
    return Math.max(MIN_P, Math.min(conformal, tail));
  }

  private static double[] noMaxima() {
    double[] none = new double[Channels.COUNT];
    Arrays.fill(none, Double.NaN);
    return none;
  }

  void write(SnapshotWriter out) {
    for (Rolling channel : maxima) {
      channel.write(out);
    }
    out.putLong(currentStart);
    out.putLong(committed);
    writeMaxima(out, current);
    out.putInt(pending.size());
    for (Block block : pending) {
      out.putLong(block.startMicros);
      out.putLong(block.endMicros);
      writeMaxima(out, block.maxima);
    }
  }

  void read(SnapshotReader in) throws SnapshotException {
    for (int channel = 0; channel < Channels.countIn(in); channel++) {
      maxima[channel].read(in);
    }
    currentStart = in.takeLong();
    committed = in.takeLong();
    current = readMaxima(in);
    int blocks = in.takeInt("pending blocks", 0, MAX_PENDING);
    for (int i = 0; i < blocks; i++) {
      pending.addLast(new Block(in.takeLong(), in.takeLong(), readMaxima(in)));
    }
    refresh();
  }

  private static void writeMaxima(SnapshotWriter out, double[] values) {
    for (double value : values) {
      out.putDouble(value);
    }
  }

  private static double[] readMaxima(SnapshotReader in) throws SnapshotException {
    double[] values = noMaxima();
    for (int channel = 0; channel < Channels.countIn(in); channel++) {
      values[channel] = in.takeDouble();
    }
    return values;
  }
}
