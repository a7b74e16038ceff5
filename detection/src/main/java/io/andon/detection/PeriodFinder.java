package io.andon.detection;

import java.util.Arrays;

/**
 * Finds the time after which a stream of signatures repeats itself. For every lag and every value
 * of the signature it keeps the mean squared difference between now and that long ago, as in the
 * average magnitude difference function of pitch detection; where the picture repeats, its values
 * differ much less at the period than at other lags. The first strong dip counts, so that multiples
 * of the period don't.
 *
 * <p>Works on a fixed raster of time. A step costs {@value #LAGS} x {@link CycleSignature#VALUES}
 * multiplications, the memory is fixed: see {@link #write}.
 */
final class PeriodFinder {
  static final int LAGS = 300;
  static final int RING = 600;

  private static final int VALUES = CycleSignature.VALUES;
  private static final int MEMORY = 1_200;
  private static final int MIN_SEEN = 150;
  private static final int EVERY = 10;

  /** That many values must repeat well: a small machine fills few blocks. */
  private static final int SPEAKERS = 3;

  /** A period that explains less of all that moves may be that of a part: longer ones are tried. */
  private static final double BROAD = 0.5;

  /** Values that differ by less than a grey level do not move. */
  private static final float STILL = 2f * CycleSignature.UNIT * CycleSignature.UNIT;

  private static final double FIRST_DIP = 0.85;
  private static final double HUMP = 0.4;
  private static final double SAME = 0.05;
  private static final int CONFIRMATIONS = 4;

  private final int shortest;
  private final int longest;
  private final double strength;
  private final float[][] ring = new float[RING][VALUES];
  private final float[][] differences = new float[LAGS + 1][VALUES];
  private final int[] seen = new int[LAGS + 1];
  private int size;
  private int next;
  private int sinceLook;
  private double candidate;
  private int confirmed;

  /**
   * A finder for periods between two lags.
   *
   * @param strength share of the difference between any two moments that must vanish at the period,
   *     0..1
   */
  PeriodFinder(int shortestSteps, int longestSteps, double strength) {
    this.shortest = Math.max(4, shortestSteps);
    this.longest = Math.min(LAGS - 1, longestSteps);
    this.strength = strength;
  }

  /** Takes the next moment; true if the period is now known beyond doubt. */
  boolean add(short[] values) {
    float[] now = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      now[i] = values[i];
    }
    for (int lag = 1; lag <= Math.min(LAGS, size); lag++) {
      compare(now, ring[(next - lag + RING) % RING], lag);
    }
    ring[next] = now;
    next = (next + 1) % RING;
    size = Math.min(RING, size + 1);
    if (++sinceLook < EVERY) {
      return false;
    }
    sinceLook = 0;
    double found = look();
    boolean same = found > 0 && Math.abs(found - candidate) <= SAME * candidate;
    confirmed = same ? confirmed + 1 : 0;
    candidate = found;
    return confirmed >= CONFIRMATIONS;
  }

  private void compare(float[] now, float[] before, int lag) {
    seen[lag] = Math.min(MEMORY, seen[lag] + 1);
    float rate = 1f / seen[lag];
    float[] mean = differences[lag];
    for (int i = 0; i < VALUES; i++) {
      float step = now[i] - before[i];
      mean[i] += (step * step - mean[i]) * rate;
    }
  }

  /** The next moment does not follow on the last one. */
  void breakOff() {
    size = 0;
  }

  /** The period in steps, 0 while none is known. */
  double period() {
    return candidate;
  }

  /** How many moments in a row are remembered. */
  int size() {
    return size;
  }

  /** A remembered moment, 0 the oldest. */
  short[] moment(int index) {
    float[] values = ring[(next - size + index + RING) % RING];
    short[] moment = new short[VALUES];
    for (int i = 0; i < VALUES; i++) {
      moment[i] = (short) values[i];
    }
    return moment;
  }

  /** The period in steps by what was seen so far, 0 if there is none. */
  private double look() {
    int last = 0;
    for (int lag = 1; lag <= LAGS && seen[lag] >= Math.max(MIN_SEEN, 2 * lag); lag++) {
      last = lag;
    }
    if (last <= shortest) {
      return 0;
    }
    double[] strongest = new double[last + 1];
    double[] repeats = repeats(last, strongest);
    double best = 0;
    double lowest = 1;
    for (int lag = 1; lag < Math.min(last, longest + 1); lag++) {
      if (isDip(repeats, lag, lowest)) {
        best = Math.max(best, top(repeats, lag));
      }
      lowest = Math.min(lowest, repeats[lag]);
    }
    if (best < BROAD && last < LAGS) {
      return 0;
    }
    lowest = 1;
    for (int lag = 1; lag < last; lag++) {
      boolean clear = strongest[lag] >= strength && top(repeats, lag) >= FIRST_DIP * best;
      if (clear && isDip(repeats, lag, lowest)) {
        return refine(repeats, lag, last);
      }
      lowest = Math.min(lowest, repeats[lag]);
    }
    return 0;
  }

  private boolean isDip(double[] repeats, int lag, double lowest) {
    return lag >= shortest
        && repeats[lag] >= repeats[lag - 1]
        && repeats[lag] > repeats[lag + 1]
        && lowest < HUMP * repeats[lag];
  }

  /**
   * For each lag the share of the usual difference that is missing, as the mean over all values
   * that move.
   *
   * @param strongest takes the mean of the values that repeat best
   */
  private double[] repeats(int last, double[] strongest) {
    double[] usual = new double[VALUES];
    for (int lag = 1; lag <= last; lag++) {
      for (int i = 0; i < VALUES; i++) {
        usual[i] += differences[lag][i] / last;
      }
    }
    double[] repeats = new double[last + 1];
    double[] shares = new double[VALUES];
    for (int lag = 1; lag <= last; lag++) {
      int moving = 0;
      for (int i = 0; i < VALUES; i++) {
        boolean moves = usual[i] >= STILL;
        shares[i] = moves ? Math.max(0, 1 - differences[lag][i] / usual[i]) : 0;
        repeats[lag] += shares[i];
        moving += moves ? 1 : 0;
      }
      repeats[lag] /= Math.max(1, moving);
      Arrays.sort(shares);
      for (int i = VALUES - SPEAKERS; i < VALUES; i++) {
        strongest[lag] += shares[i] / SPEAKERS;
      }
    }
    return repeats;
  }

  private static double top(double[] repeats, int lag) {
    double shift = shift(repeats, lag);
    return repeats[lag] + (repeats[lag + 1] - repeats[lag - 1]) * shift / 4;
  }

  /** Vertex of the parabola through a lag and its neighbours, relative to the lag. */
  private static double shift(double[] repeats, int lag) {
    double bend = repeats[lag - 1] - 2 * repeats[lag] + repeats[lag + 1];
    return bend >= 0 ? 0 : (repeats[lag - 1] - repeats[lag + 1]) / (2 * bend);
  }

  /** Sharpens the period by its multiples, as far as they are as clear. */
  private static double refine(double[] repeats, int lag, int last) {
    double period = lag + shift(repeats, lag);
    for (int times = 2; times <= 4; times++) {
      int at = (int) Math.round(times * period);
      if (at + 2 > last) {
        break;
      }
      at += repeats[at + 1] > repeats[at] ? 1 : 0;
      at -= repeats[at - 1] > repeats[at] ? 1 : 0;
      if (at + 1 > last
          || repeats[at] < FIRST_DIP * repeats[lag]
          || repeats[at] < repeats[at + 1]
          || repeats[at] < repeats[at - 1]) {
        break;
      }
      period = (at + shift(repeats, at)) / times;
    }
    return period;
  }

  void write(SnapshotWriter out) {
    out.putInt(size);
    for (int i = 0; i < size; i++) {
      CycleSignature.write(moment(i), out);
    }
    for (int lag = 1; lag <= LAGS; lag++) {
      out.putInt(seen[lag]);
      if (seen[lag] > 0) {
        for (float value : differences[lag]) {
          out.putFloat(value);
        }
      }
    }
    out.putInt(sinceLook);
    out.putDouble(candidate);
    out.putInt(confirmed);
  }

  void read(SnapshotReader in) throws SnapshotException {
    size = in.takeInt("signatures", 0, RING);
    next = size % RING;
    for (int i = 0; i < size; i++) {
      short[] values = CycleSignature.read(in);
      for (int value = 0; value < VALUES; value++) {
        ring[i][value] = values[value];
      }
    }
    for (int lag = 1; lag <= LAGS; lag++) {
      seen[lag] = in.takeInt("seen lags", 0, MEMORY);
      if (seen[lag] > 0) {
        for (int value = 0; value < VALUES; value++) {
          differences[lag][value] = in.takeFloat();
        }
      }
    }
    sinceLook = in.takeInt("moments since the last look", 0, EVERY);
    candidate = in.takeDouble();
    if (!(candidate >= 0 && candidate <= LAGS)) {
      throw SnapshotReader.corrupt("period is " + candidate);
    }
    confirmed = in.takeInt("confirmations", 0, Integer.MAX_VALUE);
  }
}
