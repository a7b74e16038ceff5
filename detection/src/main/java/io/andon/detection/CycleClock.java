package io.andon.detection;

import java.util.Arrays;

/**
 * Follows a machine through its cycle. From one frame to the next the phase is expected to go on at
 * the current rate; it is drawn to the best match near by, which is what lets a cycle be some
 * percent longer or shorter. A frame's excess is how much worse the picture fits the phases that
 * are possible now than the phase it fits best: 0 for the right picture at the right time, and also
 * for a picture that fits nowhere, which is for the other channels to judge.
 *
 * <p>Beside that it keeps how well every other offset of the clock would have explained the latest
 * pictures. After a jump or a stop, once one of them fits for a while, the clock is set to it.
 */
final class CycleClock {
  private static final int PHASES = PhaseTemplate.PHASES;
  private static final double ELASTIC = 0.06;
  private static final double PULL_MICROS = 280_000;
  private static final double STIFFNESS = 10;

  /** How much faster or slower the clock may go from one frame to the next, as a share. */
  private static final double RATE_SLACK = 0.5;

  private static final double SMOOTHING_MICROS = 300_000;
  private static final double LEAST_MEMORY_MICROS = 400_000;
  private static final double MEMORY_CYCLES = 0.2;
  private static final double RESET_MICROS = 1_000_000;
  private static final double RESET_CYCLES = 0.15;

  /** After that much of the wrong pictures nothing is learnt until the clock is right again. */
  private static final double DOUBTFUL_MICROS = 500_000;

  private static final double LOST_CYCLES = 10;
  private static final double MIN_CONTRAST = 10;

  /** Share of the contrast that normal pictures may be away from what is expected. */
  private static final double NORMAL_SHARE = 0.27;

  /** What is claimed already is given up later than it would be claimed. */
  private static final double PATIENCE = 2;

  private static final double LEAST_LIMIT = 4;

  /** Share of the contrast between phases that is never held against a picture. */
  private static final double LIMIT_SHARE = 0.15;

  private static final double STRIDE_SHARE = 0.05;

  private final DetectorSettings.Cycle settings;
  private final PhaseTemplate template;
  private final PhaseBand band = new PhaseBand();
  private final CycleTimes times;
  private final double nominalMicros;
  private final double[] offsets = new double[PHASES];
  private final double[] distances = new double[PHASES];
  private final int settleCycles;
  private double nominal;
  private double watchedMicros;
  private boolean set;
  private double phase;
  private double excess;
  private double smoothed;
  private double fit;
  private double usualFit;
  private double contrast;
  private double sinceWrapMicros;
  private boolean wholeCycle;
  private double oddMicros;
  private double sinceLearntCycles;
  private double learntCycles;
  private double strideCycles;

  CycleClock(
      DetectorSettings.Cycle settings,
      PhaseTemplate template,
      double periodMicros,
      int settleCycles) {
    this.settings = settings;
    this.template = template;
    this.settleCycles = settleCycles;
    nominalMicros = periodMicros;
    times = new CycleTimes(periodMicros);
    contrast = template.contrast();
  }

  /** Takes the next frame, this long after the one before. */
  void step(short[] values, long stepMicros) {
    double micros = stepMicros;
    template.distances(values, distances);
    keepOffsets(micros);
    if (!set) {
      setWhereClear();
      return;
    }
    follow(micros);
    if (isOdd()) {
      oddMicros += micros;
      wholeCycle = false;
      resetWhereClear();
    } else {
      // Here and there a wrong time looks right: that alone takes nothing back.
      oddMicros = Math.max(0, oddMicros - micros / 4);
    }
  }

  private void keepOffsets(double micros) {
    nominal = wrap(nominal + micros / nominalMicros);
    watchedMicros += micros;
    double memory = Math.max(LEAST_MEMORY_MICROS, MEMORY_CYCLES * nominalMicros);
    double keep = StrictMath.exp(-micros / memory);
    int now = bin(nominal);
    for (int offset = 0; offset < PHASES; offset++) {
      double distance = distances[(now + offset) % PHASES];
      offsets[offset] = keep * offsets[offset] + (1 - keep) * distance;
    }
  }

  private int bestOffset() {
    int best = 0;
    for (int offset = 1; offset < PHASES; offset++) {
      best = offsets[offset] < offsets[best] ? offset : best;
    }
    return best;
  }

  private void setWhereClear() {
    if (watchedMicros >= nominalMicros / 2 && isGood(offsets[bestOffset()])) {
      setTo(bestOffset());
    }
  }

  private void resetWhereClear() {
    int best = bestOffset();
    int own = Math.floorMod(bin(phase) - bin(nominal), PHASES);
    double least = Math.max(RESET_MICROS, RESET_CYCLES * nominalMicros);
    if (oddMicros >= least && isGood(offsets[best]) && offsets[own] > offsets[best] + limit()) {
      setTo(best);
      times.addOdd();
    }
  }

  private void setTo(int offset) {
    set = true;
    phase = wrap(nominal + (double) offset / PHASES);
    smoothed = 0;
    excess = 0;
    oddMicros = 0;
    wholeCycle = false;
    sinceWrapMicros = 0;
  }

  /** Whether a mean distance is one of a picture where it belongs. */
  private boolean isGood(double distance) {
    return distance <= 2 * usualFit + limitFloor();
  }

  private void follow(double micros) {
    double before = phase;
    double expected = wrap(phase + micros / times.currentMicros());
    int middle = bin(expected);
    int reach = (int) Math.ceil(ELASTIC * PHASES);
    double least = Double.MAX_VALUE;
    double cheapest = Double.MAX_VALUE;
    int pull = 0;
    for (int shift = -reach; shift <= reach; shift++) {
      double distance = distances[Math.floorMod(middle + shift, PHASES)];
      least = Math.min(least, distance);
      double cost = distance + STIFFNESS * shift * shift / (reach * reach);
      if (cost < cheapest) {
        cheapest = cost;
        pull = shift;
      }
    }
    fit = least;
    excess = least - smallest();
    double weight = -StrictMath.expm1(-micros / SMOOTHING_MICROS);
    smoothed += weight * (excess - smoothed);
    phase = expected;
    strideCycles = micros / nominalMicros;
    sinceLearntCycles += strideCycles;
    if (!isOdd()) {
      // A clock never stands still or runs back, however alike the way down and up may look.
      double most = RATE_SLACK * micros / times.currentMicros();
      double drawn = -StrictMath.expm1(-micros / PULL_MICROS) * pull / PHASES;
      phase = wrap(expected + Math.max(-most, Math.min(most, drawn)));
    }
    sinceWrapMicros += micros;
    if (before > 0.75 && phase < 0.25) {
      endCycle();
    }
  }

  private double smallest() {
    double smallest = distances[0];
    for (double distance : distances) {
      smallest = Math.min(smallest, distance);
    }
    return smallest;
  }

  private void endCycle() {
    // The cycle ended a little before this frame.
    double over = phase * times.currentMicros();
    if (wholeCycle) {
      times.addClean(sinceWrapMicros - over);
    }
    sinceWrapMicros = over;
    wholeCycle = true;
  }

  private double limitFloor() {
    return Math.max(LEAST_LIMIT, LIMIT_SHARE * contrast);
  }

  private double limit() {
    return band.limit(bin(phase)) + limitFloor();
  }

  /** Whether the picture is a normal one, but not one that is normal now. */
  boolean isOdd() {
    return Math.min(excess, smoothed) > limit();
  }

  /** Learns from the latest frame, which is a normal one. */
  void learn(short[] values) {
    if (!set || oddMicros > DOUBTFUL_MICROS) {
      return;
    }
    double limit = limit();
    band.learn(bin(phase), Math.min(excess, smoothed), STRIDE_SHARE * contrast);
    if (excess > limit) {
      return;
    }
    boolean anotherCycle = Math.floor(learntCycles + sinceLearntCycles) > Math.floor(learntCycles);
    usualFit += (fit - usualFit) * Math.min(0.05, 0.5 * sinceLearntCycles);
    learntCycles += sinceLearntCycles;
    template.learn(values, phase, sinceLearntCycles, strideCycles);
    sinceLearntCycles = 0;
    if (anotherCycle) {
      template.weigh();
      contrast = template.contrast();
    }
  }

  /** Whether the machine's cycle can no longer be relied on. */
  boolean isLost() {
    return times.isUnsteady()
        || oddMicros > LOST_CYCLES * nominalMicros
        || (!set && watchedMicros > LOST_CYCLES * nominalMicros);
  }

  /**
   * Whether enough cycles came off well, and the phases differ so much more than normal pictures do
   * at one phase, that there is something to say.
   */
  boolean isSettled() {
    return times.cleanInARow() >= settleCycles
        && times.spread() < 1.5 * settings.tolerance()
        && isClear(1);
  }

  /** Whether what was claimed holds no longer. */
  boolean isBlurred() {
    return !isClear(PATIENCE);
  }

  /** Whether it should have settled by now. */
  boolean isOverdue() {
    return learntCycles > PATIENCE * settleCycles + CycleTimes.TO_LEARN;
  }

  private boolean isClear(double slack) {
    return contrast * slack >= MIN_CONTRAST
        && usualFit + band.meanLimit() < slack * NORMAL_SHARE * contrast;
  }

  /**
   * How far the frame is from what is normal now, in widths of the normal range: 0 inside. A cycle
   * time that has drifted beyond the tolerance is 1 and more. NaN while the phase is not known.
   */
  double score() {
    if (!set) {
      return Double.NaN;
    }
    double limit = limit();
    return Math.max(Math.max(0, Math.min(excess, smoothed) - limit) / limit, drift());
  }

  /** {@link CycleTimes#drift}; 0 while the phase is not known. */
  double drift() {
    return set ? times.drift(settings.tolerance()) : 0;
  }

  /** How far each block of the picture is from what is expected now. */
  double[] surprise(short[] values) {
    return template.surprise(values, bin(phase));
  }

  /** What follows does not go on from here. */
  void interrupt() {
    set = false;
    watchedMicros = 0;
    Arrays.fill(offsets, 0);
    smoothed = 0;
    excess = 0;
    oddMicros = 0;
  }

  CycleTimes times() {
    return times;
  }

  double phase() {
    return phase;
  }

  private static double wrap(double phase) {
    return phase - Math.floor(phase);
  }

  private static int bin(double phase) {
    return (int) Math.round(phase * PHASES) % PHASES;
  }

  void write(SnapshotWriter out) {
    out.putInt(settleCycles);
    out.putDouble(nominalMicros);
    template.write(out);
    band.write(out);
    times.write(out);
    for (double offset : offsets) {
      out.putDouble(offset);
    }
    for (double distance : distances) {
      out.putDouble(distance);
    }
    out.putBoolean(set);
    out.putBoolean(wholeCycle);
    for (double value : moving()) {
      out.putDouble(value);
    }
  }

  private double[] moving() {
    return new double[] {
      nominal,
      phase,
      watchedMicros,
      excess,
      smoothed,
      fit,
      usualFit,
      contrast,
      sinceWrapMicros,
      oddMicros,
      sinceLearntCycles,
      learntCycles,
      strideCycles
    };
  }

  static CycleClock read(SnapshotReader in, DetectorSettings.Cycle settings)
      throws SnapshotException {
    int settleCycles = in.takeInt("settle cycles", 1, CycleWatch.MOST_SETTLE_CYCLES);
    double nominalMicros = CycleTimes.positive(in.takeDouble());
    CycleClock clock =
        new CycleClock(settings, PhaseTemplate.read(in), nominalMicros, settleCycles);
    clock.band.read(in);
    clock.times.read(in);
    for (int i = 0; i < PHASES; i++) {
      clock.offsets[i] = in.takeDouble();
    }
    for (int i = 0; i < PHASES; i++) {
      clock.distances[i] = in.takeDouble();
    }
    clock.set = in.takeBoolean();
    clock.wholeCycle = in.takeBoolean();
    clock.nominal = share(in.takeDouble());
    clock.phase = share(in.takeDouble());
    clock.watchedMicros = in.takeDouble();
    clock.excess = in.takeDouble();
    clock.smoothed = in.takeDouble();
    clock.fit = in.takeDouble();
    clock.usualFit = in.takeDouble();
    clock.contrast = in.takeDouble();
    clock.sinceWrapMicros = in.takeDouble();
    clock.oddMicros = in.takeDouble();
    clock.sinceLearntCycles = in.takeDouble();
    clock.learntCycles = in.takeDouble();
    clock.strideCycles = in.takeDouble();
    return clock;
  }

  private static double share(double phase) throws SnapshotException {
    if (!(phase >= 0 && phase < 1)) {
      throw SnapshotReader.corrupt("phase is " + phase);
    }
    return phase;
  }
}
