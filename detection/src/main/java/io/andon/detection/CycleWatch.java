package io.andon.detection;

import org.jspecify.annotations.Nullable;

/**
 * The machine's cycle, if the camera sees one: first its period is looked for, on a raster of 100
 * ms for short and of 400 ms for long ones; then a clock follows the phase and tells the right
 * picture at the wrong time. Silent (NaN) until the cycle is strong and enough cycles came off as
 * usual, and again once they no longer do.
 */
final class CycleWatch {
  static final int MOST_SETTLE_CYCLES = 96;

  private static final long SHORT_STEP_MICROS = 100_000;
  private static final long LONG_STEP_MICROS = 400_000;

  /** Below this many steps of the long raster the short one sees better. */
  private static final int LONG_FROM_STEPS = 60;

  /** Frames closer than this tell the clock nothing new. */
  private static final long LEAST_STEP_MICROS = 60_000;

  /** Across longer pauses the finders don't guess what was in between. */
  private static final long LONGEST_STEP_MICROS = 1_000_000;

  private final DetectorSettings.Cycle settings;
  private PeriodFinder quick;
  private PeriodFinder slow;
  private @Nullable CycleClock clock;
  private int settleCycles;
  private boolean settled;
  private double raw = Double.NaN;
  private short @Nullable [] last;
  private long lastMicros;
  private short @Nullable [] noted;
  private long notedMicros;

  CycleWatch(DetectorSettings.Cycle settings) {
    this.settings = settings;
    settleCycles = settings.settleCycles();
    quick = quickFinder();
    slow = slowFinder();
  }

  private PeriodFinder quickFinder() {
    return finder(SHORT_STEP_MICROS, 0);
  }

  private PeriodFinder slowFinder() {
    return finder(LONG_STEP_MICROS, LONG_FROM_STEPS);
  }

  private PeriodFinder finder(long stepMicros, int leastSteps) {
    int shortest = (int) (settings.shortestMillis() * 1_000L / stepMicros);
    int longest = (int) (settings.longestMillis() * 1_000L / stepMicros);
    return new PeriodFinder(Math.max(leastSteps, shortest), longest, settings.strength());
  }

  /** Takes the next frame and gives the channel's raw score; NaN if it has nothing to say. */
  double observe(Observation frame, long streamMicros) {
    if (!settings.enabled()) {
      return Double.NaN;
    }
    if (last != null && streamMicros - lastMicros < LEAST_STEP_MICROS) {
      return raw;
    }
    short[] values = CycleSignature.of(frame);
    if (clock != null && last != null) {
      clock.step(values, streamMicros - lastMicros);
      settled |= clock.isSettled();
      raw = settled ? clock.score() : Double.NaN;
    }
    last = values;
    lastMicros = streamMicros;
    return raw;
  }

  /** {@link CycleClock#drift} at the frame that was observed last; 0 if nothing is known. */
  double drift() {
    return clock != null && settled ? clock.drift() : 0;
  }

  /** The frame that was observed last is a normal one: learns from it. */
  void learn() {
    if (last == null || (noted != null && notedMicros == lastMicros)) {
      return;
    }
    if (clock == null) {
      search(last);
    } else {
      clock.learn(last);
      if (clock.isLost() || (settled ? clock.isBlurred() : clock.isOverdue())) {
        settleCycles = Math.min(MOST_SETTLE_CYCLES, 2 * settleCycles);
        forgetCycle();
      }
    }
    noted = last;
    notedMicros = lastMicros;
  }

  private void search(short[] now) {
    short[] before = noted;
    boolean goesOn = before != null && lastMicros - notedMicros <= LONGEST_STEP_MICROS;
    if (!goesOn) {
      quick.breakOff();
      slow.breakOff();
    }
    long from = goesOn ? notedMicros : lastMicros - 1;
    long first = Math.floorDiv(from, SHORT_STEP_MICROS) + 1;
    for (long at = first * SHORT_STEP_MICROS; at <= lastMicros; at += SHORT_STEP_MICROS) {
      short[] values =
          before == null || !goesOn ? now : between(before, now, at - from, lastMicros - from);
      boolean found = quick.add(values);
      boolean foundSlow = at % LONG_STEP_MICROS == 0 && slow.add(values);
      if (found || foundSlow) {
        begin(found ? quick : slow, found ? SHORT_STEP_MICROS : LONG_STEP_MICROS);
        return;
      }
    }
  }

  private static short[] between(short[] before, short[] now, long part, long whole) {
    short[] values = new short[now.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) (before[i] + (now[i] - before[i]) * part / whole);
    }
    return values;
  }

  /** Starts a clock and lets it run over all that the finder remembers. */
  private void begin(PeriodFinder finder, long stepMicros) {
    if (finder.period() + 1 >= finder.size()) {
      return;
    }
    CycleClock begun =
        new CycleClock(
            settings, new PhaseTemplate(finder), finder.period() * stepMicros, settleCycles);
    for (int i = 0; i < finder.size(); i++) {
      begun.step(finder.moment(i), stepMicros);
      begun.learn(finder.moment(i));
    }
    clock = begun;
    quick = quickFinder();
    slow = slowFinder();
  }

  private void forgetCycle() {
    clock = null;
    settled = false;
    raw = Double.NaN;
    noted = null;
  }

  /** What follows does not go on from here. */
  void interrupt() {
    last = null;
    raw = Double.NaN;
    noted = null;
    quick.breakOff();
    slow.breakOff();
    if (clock != null) {
      clock.interrupt();
    }
  }

  /**
   * An operator says that what is seen is normal: another cycle time becomes the usual one; where
   * the pictures come at other times than known, the cycle is learnt anew.
   */
  void teach() {
    if (clock == null || !settled) {
      return;
    }
    if (clock.isOdd()) {
      settleCycles = settings.settleCycles();
      forgetCycle();
    } else {
      clock.times().acceptCurrent();
    }
  }

  /**
   * Where the latest picture is not what is expected now: a value for each block of the coarse
   * grid, the highest of them the score; empty if there is no score.
   */
  double[] where(double score) {
    if (clock == null || last == null || !(score > 0)) {
      return new double[0];
    }
    double[] blocks = clock.surprise(last);
    double most = FrameScores.hottest(blocks, 1);
    for (int i = 0; i < blocks.length && most > 0; i++) {
      blocks[i] *= score / most;
    }
    return blocks;
  }

  /** The cycle as it is now, null while none is known. */
  @Nullable CycleState state() {
    if (clock == null || !settled) {
      return null;
    }
    return new CycleState(
        clock.times().usualMicros() / 1e6, clock.times().currentMicros() / 1e6, clock.phase());
  }

  void write(SnapshotWriter out) {
    out.putInt(settleCycles);
    out.putBoolean(settled);
    out.putDouble(raw);
    putSignature(out, last, lastMicros);
    putSignature(out, noted, notedMicros);
    out.putBoolean(clock != null);
    if (clock == null) {
      quick.write(out);
      slow.write(out);
    } else {
      clock.write(out);
    }
  }

  private static void putSignature(SnapshotWriter out, short @Nullable [] values, long micros) {
    out.putBoolean(values != null);
    if (values != null) {
      CycleSignature.write(values, out);
    }
    out.putLong(micros);
  }

  void read(SnapshotReader in) throws SnapshotException {
    settleCycles = in.takeInt("settle cycles", 1, MOST_SETTLE_CYCLES);
    settled = in.takeBoolean();
    raw = in.takeDouble();
    last = in.takeBoolean() ? CycleSignature.read(in) : null;
    lastMicros = in.takeLong();
    noted = in.takeBoolean() ? CycleSignature.read(in) : null;
    notedMicros = in.takeLong();
    if (in.takeBoolean()) {
      clock = CycleClock.read(in, settings);
    } else {
      quick.read(in);
      slow.read(in);
    }
  }
}
