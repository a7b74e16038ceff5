package io.andon.detection;

import java.util.Arrays;

/**
 * A frame's raw scores against the calibration: what each channel says, and the loudest of them.
 */
final class Judgement {
  private static final double MAX_SCORE = 1_000;
  private static final double BEND = 0.1;

  /** From here on a frame's score is what it has of its alarm level, and nothing else. */
  private static final double NEAR = 0.7;

  /** Up to here it is told in widths of normal maxima alone. */
  private static final double FAR = 0.4;

  /** So many widths count as 1; levels lie 10 to 70 of them out. */
  private static final double WIDTHS = 100;

  /** What a width counts, in the order of {@link Channels}: as with {@link #weighed}. */
  private static final double[] SHARES = {1, 1, 0.03, 0.1, 0.1};

  private static final double LEAST_WIDTH = 1e-9;

  /**
   * So many times what is tolerated a cycle time has drifted, whatever the calibration says: it
   * follows a drift that is slow enough.
   */
  private static final double CERTAIN_DRIFT = 1.5;

  /** One int8 step, in which all pictures of parts that look the same differ by rounding alone. */
  private static final double LEAST_MEDIAN = 1;

  private final FrameScores seen;
  private final int speaking;
  private final double[] medians = new double[Channels.COUNT];
  private final double[] levels = new double[Channels.COUNT];
  private final double[] places = new double[Channels.COUNT];
  private final DetectorScores.ChannelScore[] channels =
      new DetectorScores.ChannelScore[Channels.COUNT];
  private final double sceneShare;
  private int loudest;

  private Judgement(FrameScores seen, int speaking, double sceneShare) {
    this.seen = seen;
    this.speaking = speaking;
    this.sceneShare = sceneShare;
  }

  static Judgement of(Baseline baseline, FrameScores seen, DetectorState state) {
    Judgement judgement =
        new Judgement(seen, baseline.calibration.speaking(), baseline.sceneShare());
    for (int channel = 0; channel < Channels.COUNT; channel++) {
      judgement.judge(channel, baseline.calibration, state);
    }
    judgement.nameCells();
    return judgement;
  }

  /** What cells say together may be louder than what any channel says alone. */
  private void nameCells() {
    double appearance = score(Channels.APPEARANCE);
    double motion = score(Channels.MOTION);
    if (together(appearance, motion) > score(loudest)) {
      loudest = appearance >= motion ? Channels.APPEARANCE : Channels.MOTION;
    }
  }

  private void judge(int channel, BlockCalibration calibration, DetectorState state) {
    double raw = seen.raw()[channel];
    channels[channel] = new DetectorScores.ChannelScore(raw, 0, 1);
    if (!calibration.isReady(channel)) {
      levels[channel] = Double.POSITIVE_INFINITY;
      return;
    }
    medians[channel] = calibration.median(channel);
    double level = calibration.level(channel, state.budgetPerDay, state.isCertified());
    double factor = state.certificate.factor(channel, state.streamMicros, state.budgetPerDay);
    levels[channel] = medians[channel] + (level - medians[channel]) * factor;
    if (Double.isNaN(raw)) {
      return;
    }
    double above = raw - medians[channel];
    double score = positive(above / (levels[channel] - medians[channel]), BEND);
    double widths = above / Math.max(LEAST_WIDTH, calibration.width(channel));
    places[channel] = SHARES[channel] * positive(widths, 1) / WIDTHS;
    double drift = channel == Channels.CYCLE ? seen.cycleDrift() / CERTAIN_DRIFT / factor : 0;
    if (drift >= 1) {
      score = Math.max(score, drift);
    }
    channels[channel] =
        new DetectorScores.ChannelScore(
            raw, Math.min(MAX_SCORE, weighed(channel, score)), calibration.pValue(channel, raw));
    if (channels[channel].score() > channels[loudest].score()) {
      loudest = channel;
    }
  }

  /**
   * What a channel's score counts. What is told of the picture as a whole varies a lot without
   * meaning much: well below its level it is not to be set against what cells say. So there the
   * score of the scene counts by its square, that of movement by its fourth power; from the level
   * on nothing changes.
   */
  static double weighed(int channel, double score) {
    double below = Math.min(1, score);
    return switch (channel) {
      case Channels.ACTIVITY -> score * below * below * below;
      case Channels.SCENE -> score * below;
      default -> score;
    };
  }

  /** Scores near and below the median go to 0 without reaching it, so that order is kept. */
  private static double positive(double score, double bend) {
    return score >= bend ? score : bend * StrictMath.exp(score / bend - 1);
  }

  /**
   * Score of the frame. Near the alarm level it is the {@link #strength}. How far out a level lies
   * tells how little is known of a channel's tail: it changes as more is seen, and is another for
   * each channel. So what is well below the levels is told in widths of the channels' normal maxima
   * instead, lest the order of frames depend on it; it is never above the strength.
   */
  double score() {
    double strength = strength();
    if (sceneShare > 0) {
      return strength;
    }
    double place = together(places[Channels.APPEARANCE], places[Channels.MOTION]);
    for (double one : places) {
      place = Math.max(place, one);
    }
    return blended(strength, place);
  }

  /**
   * The score of a frame.
   *
   * @param strength as a share of the way to the alarm level
   * @param place in widths of normal maxima, as a share of {@link #WIDTHS}
   */
  static double blended(double strength, double place) {
    if (strength >= NEAR || strength <= place) {
      return strength;
    }
    double part = Math.max(0, (strength - FAR) / (NEAR - FAR));
    double near = part * part * (3 - 2 * part);
    return Math.min(strength, place + near * (strength - place));
  }

  /**
   * What alarms go by: highest score of any channel, appearance and motion counted together: they
   * look at the same cells, and what both find strange is more than what one does.
   *
   * <p>In a still set cells and scene are counted together, each set against its median: twice the
   * median of both is 1. Cells of a picture that is unlike the normal ones everywhere count less.
   */
  double strength() {
    if (sceneShare > 0) {
      double cells = seen.standing() * ratio(Channels.APPEARANCE);
      return ofStill(cells, ratio(Channels.SCENE), sceneShare) / 2;
    }
    double cells =
        together(channels[Channels.APPEARANCE].score(), channels[Channels.MOTION].score());
    return Math.min(MAX_SCORE, Math.max(channels[loudest].score(), cells));
  }

  /** Between the higher of two scores and their sum. */
  private static double together(double one, double other) {
    return Math.sqrt(one * one + other * other);
  }

  /**
   * The geometric mean of what cells and scene are to their medians: both are distances, which
   * differ by factors, and a good picture that one of them alone finds far is not to outdo a bad
   * one that both find strange.
   *
   * @param share what the scene counts for, 0..1
   */
  static double ofStill(double cells, double scene, double share) {
    return StrictMath.pow(cells, 1 - share) * StrictMath.pow(scene, share);
  }

  /** At least what rounding alone makes: a distance of 0 would have all else count nothing. */
  private double ratio(int channel) {
    double raw = channels[channel].raw();
    double seenRaw = Double.isNaN(raw) ? 0 : raw;
    return Math.max(LEAST_MEDIAN, seenRaw) / Math.max(LEAST_MEDIAN, medians[channel]);
  }

  /** Score of one channel. */
  double score(int channel) {
    return channels[channel].score();
  }

  /** Smallest p-value of any channel, times their number (Bonferroni). */
  double pValue() {
    double least = 1;
    for (DetectorScores.ChannelScore channel : channels) {
      least = Math.min(least, channel.pValue());
    }
    return Math.min(1, least * speaking);
  }

  DetectorScores scores(double evidence) {
    return new DetectorScores(
        channels[0], channels[1], channels[2], channels[3], channels[4], evidence);
  }

  /** Heat of every cell by the channels that tell where and are ready: the highest of them. */
  CellHeat heat(FrameShape shape) {
    double[] heat = new double[shape.cells()];
    Arrays.fill(heat, Double.NEGATIVE_INFINITY);
    raise(heat, Channels.APPEARANCE, seen.distances());
    raise(heat, Channels.MOTION, seen.products());
    return new CellHeat(shape.rows(), shape.columns(), heat);
  }

  private void raise(double[] heat, int channel, double[] values) {
    if (values.length == heat.length && levels[channel] < Double.POSITIVE_INFINITY) {
      for (int cell = 0; cell < heat.length; cell++) {
        double value = (values[cell] - medians[channel]) / (levels[channel] - medians[channel]);
        heat[cell] = Math.max(heat[cell], value);
      }
    }
  }

  /** The frame as an incident's peak, with where it is hot. */
  Peak peak(Observation frame, Baseline baseline, DetectorSettings.Activity coarse) {
    FrameShape shape = baseline.shape();
    HeatMapBuilder heat = new HeatMapBuilder(frame);
    add(heat, Channels.APPEARANCE, seen.distances(), shape.rows(), shape.columns());
    add(heat, Channels.MOTION, seen.products(), shape.rows(), shape.columns());
    add(heat, Channels.ACTIVITY, seen.excess(), coarse.rows(), coarse.columns());
    double[] cycle = baseline.cycle.where(cycleRaw());
    add(heat, Channels.CYCLE, cycle, CycleSignature.ROWS, CycleSignature.COLUMNS);
    IncidentChange.Channel channel = Channels.IN_ORDER.get(loudest);
    return new Peak(
        frame.stamp(),
        strength(),
        channel,
        heat.boxes(strength()),
        heat.heatMap(),
        baseline.nearestNormal(frame, heat.hottestCell()),
        baseline.version(),
        channel == IncidentChange.Channel.CYCLE ? baseline.cycle.state() : null);
  }

  /** What the calibration would have to see for the score that the cycle has. */
  private double cycleRaw() {
    double median = medians[Channels.CYCLE];
    double drifted = median + score(Channels.CYCLE) * (levels[Channels.CYCLE] - median);
    double raw = seen.raw()[Channels.CYCLE];
    return seen.cycleDrift() > 0 && drifted > raw ? drifted : raw;
  }

  private void add(HeatMapBuilder heat, int channel, double[] values, int rows, int columns) {
    heat.add(values, rows, columns, medians[channel], levels[channel]);
  }
}
