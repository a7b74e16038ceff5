package io.andon.detection;

/**
 * What is normal at each phase of a cycle: mean and variance of every value of the signature in
 * {@value #PHASES} bins. Values that do not follow the cycle have no say: each is weighted by the
 * share of its variance that the phase explains.
 */
final class PhaseTemplate {
  static final int PHASES = 96;

  private static final int VALUES = CycleSignature.VALUES;

  /** Memory in visits of a bin: slow changes are followed. */
  private static final int MEMORY = 24;

  private static final int PRIOR = 4;

  /** A value that is further away than this many sigmas is no further away. */
  private static final float MOST = 25;

  private static final float LEAST_VARIANCE = 0.5f * CycleSignature.UNIT * CycleSignature.UNIT;
  private static final float PRIOR_SHARE = 0.05f;
  private static final double FOLLOWS_LIGHT_CYCLES = 2;

  private final float[][] mean = new float[PHASES][VALUES];
  private final float[][] variance = new float[PHASES][VALUES];
  private final int[] visits = new int[PHASES];
  private final float[] light = new float[VALUES];
  private final float[] weight = new float[VALUES];

  /** An empty template, to be read. */
  PhaseTemplate() {}

  /** A template of one cycle: the finder's latest moments. */
  PhaseTemplate(PeriodFinder finder) {
    double period = finder.period();
    double from = finder.size() - 1 - period;
    for (int k = 0; k < PHASES; k++) {
      double at = from + period * k / PHASES;
      short[] low = finder.moment((int) at);
      short[] high = finder.moment((int) at + 1);
      float share = (float) (at - (int) at);
      for (int i = 0; i < VALUES; i++) {
        mean[k][i] = low[i] + share * (high[i] - low[i]);
      }
    }
    for (int i = 0; i < VALUES; i++) {
      float prior = LEAST_VARIANCE + PRIOR_SHARE * spread(i);
      for (int k = 0; k < PHASES; k++) {
        variance[k][i] = prior;
      }
    }
    weigh();
  }

  /** Variance of a value over the phases. */
  private float spread(int value) {
    float middle = 0;
    for (float[] phase : mean) {
      middle += phase[value] / PHASES;
    }
    float spread = 0;
    for (float[] phase : mean) {
      spread += (phase[value] - middle) * (phase[value] - middle) / PHASES;
    }
    return spread;
  }

  /** Settles anew which values follow the cycle. */
  void weigh() {
    for (int i = 0; i < VALUES; i++) {
      float within = 0;
      for (float[] phase : variance) {
        within += phase[i] / PHASES;
      }
      float between = spread(i);
      weight[i] = between / (between + within);
    }
  }

  /** Squared distance of a signature to each phase, in normal spreads. */
  void distances(short[] values, double[] distances) {
    for (int k = 0; k < PHASES; k++) {
      float sum = 0;
      for (int i = 0; i < VALUES; i++) {
        float step = values[i] - light[i] - mean[k][i];
        sum += weight[i] * Math.min(MOST, step * step / variance[k][i]);
      }
      distances[k] = sum;
    }
  }

  /** The part of each block of the coarse grid in the distance to a phase. */
  double[] surprise(short[] values, int phase) {
    double[] surprise = new double[CycleSignature.ROWS * CycleSignature.COLUMNS];
    for (int i = 0; i < surprise.length; i++) {
      float step = values[i] - light[i] - mean[phase][i];
      surprise[i] = weight[i] * Math.min(MOST, step * step / variance[phase][i]);
    }
    return surprise;
  }

  /** How far the phases are from each other, on the average of those that are not near. */
  double contrast() {
    double sum = 0;
    int pairs = 0;
    for (int k = 0; k < PHASES; k++) {
      for (int apart = PHASES / 4; apart <= 3 * PHASES / 4; apart += PHASES / 8) {
        int other = (k + apart) % PHASES;
        for (int i = 0; i < VALUES; i++) {
          float step = mean[k][i] - mean[other][i];
          sum += weight[i] * Math.min(MOST, step * step / variance[other][i]);
        }
        pairs++;
      }
    }
    return sum / pairs;
  }

  /**
   * Learns what a phase looks like.
   *
   * @param phase 0 up to 1
   * @param cycles how much of a cycle has passed since the last one was learnt
   * @param stride cycles from one frame to the next: a frame speaks for the phases around it, up to
   *     half way to its neighbours, for at some rates others are never met
   */
  void learn(short[] values, double phase, double cycles, double stride) {
    double at = phase * PHASES;
    int low = (int) at % PHASES;
    float follow = (float) Math.min(0.5, cycles / FOLLOWS_LIGHT_CYCLES);
    for (int i = 0; i < VALUES; i++) {
      float step = values[i] - light[i] - mean[low][i];
      float most = (float) Math.sqrt(variance[low][i]);
      light[i] += follow * Math.max(-most, Math.min(most, step));
    }
    double reach = Math.max(1, Math.min(PHASES / 8.0, stride * PHASES / 2));
    for (int bin = (int) Math.ceil(at - reach); bin < at + reach; bin++) {
      learn(values, Math.floorMod(bin, PHASES), (float) (1 - Math.abs(bin - at) / reach));
    }
  }

  private void learn(short[] values, int bin, float share) {
    float rate = share / Math.min(MEMORY, visits[bin] + PRIOR);
    visits[bin] = Math.min(MEMORY, visits[bin] + 1);
    for (int i = 0; i < VALUES; i++) {
      float step = values[i] - light[i] - mean[bin][i];
      mean[bin][i] += rate * step;
      float seen = step * step;
      float bounded = Math.min(seen, 2 * MOST * variance[bin][i]);
      variance[bin][i] =
          Math.max(LEAST_VARIANCE, variance[bin][i] + rate * (bounded - variance[bin][i]));
    }
  }

  void write(SnapshotWriter out) {
    for (int k = 0; k < PHASES; k++) {
      out.putInt(visits[k]);
      putFloats(out, mean[k]);
      putFloats(out, variance[k]);
    }
    putFloats(out, light);
    putFloats(out, weight);
  }

  static PhaseTemplate read(SnapshotReader in) throws SnapshotException {
    PhaseTemplate template = new PhaseTemplate();
    for (int k = 0; k < PHASES; k++) {
      template.visits[k] = in.takeInt("visits of a phase", 0, MEMORY);
      takeFloats(in, template.mean[k]);
      takeFloats(in, template.variance[k]);
    }
    takeFloats(in, template.light);
    takeFloats(in, template.weight);
    return template;
  }

  private static void putFloats(SnapshotWriter out, float[] values) {
    for (float value : values) {
      out.putFloat(value);
    }
  }

  private static void takeFloats(SnapshotReader in, float[] values) throws SnapshotException {
    for (int i = 0; i < values.length; i++) {
      values[i] = in.takeFloat();
    }
  }
}
