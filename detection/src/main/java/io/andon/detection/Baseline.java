package io.andon.detection;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of the normal pictures of one camera in one frame shape, and how it is learnt. */
final class Baseline {
  private static final int GATE_FRAMES = 200;
  private static final int GATE_MIN_FRAMES = 40;
  private static final int TAUGHT_WEIGHT = 5;
  private static final double[] NONE = new double[0];

  private final DetectorSettings settings;
  private final FrameShape shape;
  private final PrototypeMemory patches;
  private final PrototypeMemory scene;
  private final LumaMotion motion;
  private final ActivityBand activity;
  private final Rolling hottestCells = new Rolling(GATE_FRAMES);
  final BlockCalibration calibration;
  final LearningQueue queue;
  private long version;
  private long lastQueued = Long.MIN_VALUE;
  private final double[] smoothed = new double[Channels.COUNT];
  private long smoothedMicros = Long.MIN_VALUE;

  Baseline(DetectorSettings settings, FrameShape shape) {
    this.settings = settings;
    this.shape = shape;
    DetectorSettings.Memory memory = settings.memory();
    patches =
        new PrototypeMemory(
            shape.rows(), shape.columns(), shape.channels(), memory.prototypesPerCell());
    scene = new PrototypeMemory(1, 1, shape.pooled(), memory.scenePrototypes());
    motion =
        new LumaMotion(shape.lumaWidth(), shape.lumaHeight(), settings.activity().noiseFloor());
    activity = new ActivityBand(settings.activity());
    calibration = new BlockCalibration(settings.calibration());
    queue = new LearningQueue(memory);
    Arrays.fill(smoothed, Double.NaN);
  }

  FrameShape shape() {
    return shape;
  }

  /** Counts learning steps. */
  long version() {
    return version;
  }

  /** Whether nothing was learnt yet. */
  boolean isEmpty() {
    return patches.isEmpty();
  }

  /** Nothing before the next frame is to be compared with it. */
  void interrupt(boolean forgetMovement) {
    motion.interrupt();
    if (forgetMovement) {
      Arrays.fill(smoothed, Double.NaN);
      activity.interrupt();
    }
  }

  /** Scores a frame; nothing is learnt from it but the picture that movement is told from. */
  FrameScores score(Observation frame, long streamMicros) {
    boolean moved = motion.advance(frame.luma(), !frame.discontinuous());
    double[] distances = new double[shape.cells()];
    patches.distances(frame.patches(), distances);
    double[] sceneDistance = new double[1];
    scene.distances(frame.pooled(), sceneDistance);
    double[] products = NONE;
    double[] features = NONE;
    double[] excess = NONE;
    if (moved) {
      products = products(distances);
      DetectorSettings.Activity coarse = settings.activity();
      activity.add(streamMicros, motion.blocks(coarse.rows(), coarse.columns()));
      features = activity.features(streamMicros);
      excess = features.length > 0 && activity.isReady() ? activity.excess(features) : NONE;
    }
    int hottest = settings.memory().hottestCells();
    double[] raw = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
    if (!isEmpty()) {
      raw[Channels.APPEARANCE] = FrameScores.hottest(distances, hottest);
      raw[Channels.SCENE] = sceneDistance[0];
      if (moved) {
        raw[Channels.MOTION] = FrameScores.hottest(products, hottest);
      }
    }
    smooth(raw, streamMicros);
    if (excess.length > 0) {
      raw[Channels.ACTIVITY] = FrameScores.hottest(excess, 1);
    }
    return new FrameScores(distances, products, excess, features, raw);
  }

  /**
   * Exponential average over time, but never above the frame's own value: noise is averaged out and
   * yet a single strange frame has no echo. Activity has windows of its own.
   */
  private void smooth(double[] raw, long streamMicros) {
    double elapsed = smoothedMicros == Long.MIN_VALUE ? 0 : streamMicros - smoothedMicros;
    double constant = settings.calibration().smoothingMillis() * 1_000.0;
    double weight = constant == 0 ? 1 : -StrictMath.expm1(-elapsed / constant);
    smoothedMicros = streamMicros;
    for (int channel = 0; channel < raw.length; channel++) {
      if (!Double.isNaN(raw[channel])) {
        double before = smoothed[channel];
        smoothed[channel] =
            Double.isNaN(before) ? raw[channel] : before + weight * (raw[channel] - before);
        raw[channel] = Math.min(raw[channel], smoothed[channel]);
      }
    }
  }

  private double[] products(double[] distances) {
    double[] products = motion.blocks(shape.rows(), shape.columns());
    double sigma = motion.sigma();
    for (int cell = 0; cell < products.length; cell++) {
      products[cell] *= distances[cell] / sigma;
    }
    return products;
  }

  /** Learns what needs no delay: how much movement and how hot a cell is usual. */
  void noteNormal(FrameScores scores) {
    if (scores.products().length > 0) {
      motion.learnSigma(motion.blocks(settings.activity().rows(), settings.activity().columns()));
    }
    hottestCells.add(FrameScores.hottest(scores.distances(), 1));
  }

  /** Whether a frame is due to wait for being learnt. */
  boolean isDue(long streamMicros, int intervalMillis) {
    return lastQueued == Long.MIN_VALUE || streamMicros - lastQueued >= intervalMillis * 1_000L;
  }

  /** The frame as it waits to be learnt, its arrays copied. */
  LearningSample sample(Observation frame, long streamMicros, FrameScores scores, boolean gated) {
    lastQueued = streamMicros;
    return new LearningSample(
        streamMicros,
        frame.stamp(),
        frame.patches().clone(),
        frame.pooled().clone(),
        scores.activity(),
        gated ? gate(scores.distances()) : new boolean[shape.cells()]);
  }

  /** Marks the cells that have a cell in their 3x3 neighbourhood hotter than is usual. */
  private boolean[] gate(double[] distances) {
    boolean[] skip = new boolean[distances.length];
    if (hottestCells.size() < GATE_MIN_FRAMES) {
      return skip;
    }
    double limit = Rolling.quantile(hottestCells.sorted(), settings.memory().gateQuantile());
    for (int cell = 0; cell < distances.length; cell++) {
      if (distances[cell] > limit) {
        markAround(skip, cell);
      }
    }
    return skip;
  }

  private void markAround(boolean[] skip, int cell) {
    int row = cell / shape.columns();
    int column = cell % shape.columns();
    for (int r = Math.max(0, row - 1); r <= Math.min(shape.rows() - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(shape.columns() - 1, column + 1); c++) {
        skip[r * shape.columns() + c] = true;
      }
    }
  }

  /** Learns the frames whose delay is over. */
  void learnDue(long streamMicros, int delayMillis) {
    long until = streamMicros - delayMillis * 1_000L;
    LearningSample sample = queue.takeDue(until);
    while (sample != null) {
      learn(sample, sample.skip(), 1);
      sample = queue.takeDue(until);
    }
  }

  /** Learns frames that an operator called normal: every cell, and their movement with emphasis. */
  void teach(List<LearningSample> samples) {
    for (LearningSample sample : samples) {
      learn(sample, new boolean[shape.cells()], TAUGHT_WEIGHT);
    }
  }

  private void learn(LearningSample sample, boolean[] skip, int activityWeight) {
    patches.learn(sample.patches(), sample.stamp(), skip);
    scene.learn(sample.pooled(), sample.stamp(), new boolean[1]);
    int features = 2 * settings.activity().rows() * settings.activity().columns();
    if (sample.activity().length == features) {
      activity.learn(sample.activity(), activityWeight);
    }
    version++;
  }

  /** The normal frame that a cell of this frame resembles most. */
  @Nullable FrameStamp nearestNormal(Observation frame, int cell) {
    return patches.nearest(frame.patches(), cell);
  }

  void write(SnapshotWriter out) {
    shape.write(out);
    out.putLong(version);
    out.putLong(lastQueued);
    out.putLong(smoothedMicros);
    for (double value : smoothed) {
      out.putDouble(value);
    }
    hottestCells.write(out);
    patches.write(out);
    scene.write(out);
    motion.write(out);
    activity.write(out);
    calibration.write(out);
    queue.write(out);
  }

  static Baseline read(SnapshotReader in, DetectorSettings settings) throws SnapshotException {
    Baseline baseline = new Baseline(settings, FrameShape.read(in));
    baseline.version = in.takeLong();
    baseline.lastQueued = in.takeLong();
    baseline.smoothedMicros = in.takeLong();
    for (int channel = 0; channel < baseline.smoothed.length; channel++) {
      baseline.smoothed[channel] = in.takeDouble();
    }
    baseline.hottestCells.read(in);
    baseline.patches.read(in);
    baseline.scene.read(in);
    baseline.motion.read(in);
    baseline.activity.read(in);
    baseline.calibration.read(in);
    baseline.queue.read(in, baseline.shape);
    return baseline;
  }
}
