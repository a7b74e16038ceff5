package io.andon.detection;

/** How much the picture at each phase normally differs from what is expected there. */
final class PhaseBand {
  private static final int PHASES = PhaseTemplate.PHASES;
  private static final int MEMORY = 30;
  private static final int PRIOR = 3;
  private static final int NEAR = 4;
  private static final double SIGMAS = 5;
  private static final double BOUNDED_SIGMAS = 2;

  private final float[] mean = new float[PHASES];
  private final float[] variance = new float[PHASES];
  private final int[] visits = new int[PHASES];

  /** The most that is normal at a phase or near it. */
  double limit(int phase) {
    double most = 0;
    for (int near = -NEAR; near <= NEAR; near++) {
      int at = Math.floorMod(phase + near, PHASES);
      most = Math.max(most, mean[at] + SIGMAS * Math.sqrt(variance[at]));
    }
    return most;
  }

  /** Mean over all phases of the most that is normal. */
  double meanLimit() {
    double sum = 0;
    for (int phase = 0; phase < PHASES; phase++) {
      sum += mean[phase] + SIGMAS * Math.sqrt(variance[phase]);
    }
    return sum / PHASES;
  }

  /**
   * Learns what a normal picture differs by.
   *
   * @param stride how much further than the spread a single picture may reach: what is far out
   *     widens the band by little, however far it is
   */
  void learn(int phase, double excess, double stride) {
    float rate = 1f / Math.min(MEMORY, visits[phase] + PRIOR);
    visits[phase] = Math.min(MEMORY, visits[phase] + 1);
    double most = mean[phase] + BOUNDED_SIGMAS * Math.sqrt(variance[phase]) + stride;
    float step = (float) Math.min(excess, most) - mean[phase];
    mean[phase] += rate * step;
    variance[phase] = (1 - rate) * (variance[phase] + rate * step * step);
  }

  void write(SnapshotWriter out) {
    for (int phase = 0; phase < PHASES; phase++) {
      out.putFloat(mean[phase]);
      out.putFloat(variance[phase]);
      out.putInt(visits[phase]);
    }
  }

  void read(SnapshotReader in) throws SnapshotException {
    for (int phase = 0; phase < PHASES; phase++) {
      mean[phase] = in.takeFloat();
      variance[phase] = in.takeFloat();
      visits[phase] = in.takeInt("visits of a phase", 0, MEMORY);
    }
  }
}
