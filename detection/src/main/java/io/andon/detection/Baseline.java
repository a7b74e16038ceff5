package io.andon.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of the normal pictures of one camera in one frame shape, and how it is learnt. */
final class Baseline {
  private static final int TAUGHT_WEIGHT = 5;

  /** A strange look is normal if it comes again a fifth of the warm-up later. */
  private static final int AGAIN_PART = 5;

  private static final double[] NONE = new double[0];

  private final DetectorSettings settings;
  private final FrameShape shape;
  private final FeatureView view;
  private PrototypeMemory patches;
  private PrototypeMemory scene;
  private final LumaMotion motion;
  private final ActivityBand activity;
  final CellGate gate;
  private @Nullable Probation probation;
  final BlockCalibration calibration;
  final LearningQueue queue;
  final CycleWatch cycle;
  private long version;
  private long lastQueued = Long.MIN_VALUE;
  private final double[] smoothed = new double[Channels.COUNT];
  private long smoothedMicros = Long.MIN_VALUE;

  Baseline(DetectorSettings settings, FrameShape shape) {
    this.settings = settings;
    this.shape = shape;
    DetectorSettings.Memory memory = settings.memory();
    view = new FeatureView(shape, memory.studyFrames());
    patches = patchMemory();
    scene = sceneMemory();
    motion = new LumaMotion(shape.lumaWidth(), shape.lumaHeight());
    activity = new ActivityBand(settings.activity());
    probation = newProbation();
    gate = new CellGate(shape.rows(), shape.columns(), memory.gateQuantile());
    calibration = new BlockCalibration(settings.calibration());
    queue = new LearningQueue(memory);
    cycle = new CycleWatch(settings.cycle());
    Arrays.fill(smoothed, Double.NaN);
  }

  private PrototypeMemory patchMemory() {
    FrameShape seen = view.inner();
    return new PrototypeMemory(
        seen.rows(), seen.columns(), seen.channels(), settings.memory().prototypesPerCell());
  }

  private Probation newProbation() {
    return new Probation(shape.rows(), shape.columns(), view.inner().channels());
  }

  private PrototypeMemory sceneMemory() {
    return new PrototypeMemory(1, 1, view.inner().pooled(), settings.memory().scenePrototypes());
  }

  FrameShape shape() {
    return shape;
  }

  /** Whether enough normal pictures have been studied to compare frames. */
  boolean isStudied() {
    return view.isKnown();
  }

  /**
   * Studies a normal frame. Of a stream the studied frames tell how features are to be seen, and no
   * more: what is learnt passes the {@link Probation} first. Of a still set they are learnt too.
   *
   * @return the raw scores of the studied stills, each set against those before it; empty before
   *     the last, and of a stream
   */
  List<double[]> study(Observation frame) {
    List<double[]> scores = new ArrayList<>();
    if (!view.study(frame)) {
      return scores;
    }
    for (FeatureView.Studied seen : view.takeStudied()) {
      if (settings.isOfStills()) {
        learnStill(seen, scores);
      }
    }
    return scores;
  }

  private void learnStill(FeatureView.Studied seen, List<double[]> scores) {
    byte[] signature = SceneSignature.of(seen.patches(), view.inner().channels());
    if (!isEmpty()) {
      scores.add(stillScores(seen.patches(), signature));
    }
    patches.learn(seen.patches(), seen.stamp(), new boolean[shape.cells()]);
    scene.learn(signature, seen.stamp(), new boolean[1]);
    version++;
  }

  private double[] stillScores(byte[] seen, byte[] signature) {
    double[] raw = noScores();
    double[] distances = new double[shape.cells()];
    patches.distances(seen, distances);
    raw[Channels.APPEARANCE] = FrameScores.hottest(distances, settings.memory().hottestCells());
    double[] sceneDistance = new double[1];
    scene.distances(signature, sceneDistance);
    raw[Channels.SCENE] = sceneDistance[0];
    return raw;
  }

  private static double[] noScores() {
    double[] raw = new double[Channels.COUNT];
    Arrays.fill(raw, Double.NaN);
    return raw;
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
      cycle.interrupt();
    }
  }

  /** Scores a frame; nothing is learnt from it but the picture that movement is told from. */
  FrameScores score(Observation frame, long streamMicros) {
    boolean moved = motion.advance(frame.luma(), !frame.discontinuous());
    double[] distances = new double[shape.cells()];
    double[] sceneDistance = new double[1];
    if (!isEmpty()) {
      Observation seen = view.of(frame);
      patches.distances(seen.patches(), distances);
      scene.distances(seen.pooled(), sceneDistance);
    }
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
    double[] raw = noScores();
    if (!isEmpty()) {
      raw[Channels.APPEARANCE] = FrameScores.hottest(distances, hottest);
      raw[Channels.SCENE] = sceneDistance[0];
      if (moved) {
        raw[Channels.MOTION] = FrameScores.hottest(products, 2 * hottest);
      }
    }
    smooth(raw, streamMicros);
    if (excess.length > 0) {
      raw[Channels.ACTIVITY] = FrameScores.hottest(excess, 1);
    }
    raw[Channels.CYCLE] = cycle.observe(frame, streamMicros);
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
    double[] products = motion.speeds(shape.rows(), shape.columns());
    for (int cell = 0; cell < products.length; cell++) {
      products[cell] *= distances[cell];
    }
    return products;
  }

  /** Learns what needs no delay: how much movement and how hot a cell is usual. */
  void noteNormal(FrameScores scores) {
    if (!isEmpty()) {
      gate.noteNormal(scores.distances());
    }
    cycle.learn();
  }

  /** Marks the cells of a warm-up's frame that look too strange to be learnt at first sight. */
  boolean[] warmUpSkip(Observation frame, FrameScores scores, long streamMicros) {
    if (probation == null) {
      return new boolean[shape.cells()];
    }
    return probation.skip(
        view.of(frame).patches(),
        scores.distances(),
        gate.strangeLimit(),
        streamMicros,
        settings.warmUp().millis() * 1_000L / AGAIN_PART);
  }

  /** What is on probation at the end of the warm-up is forgotten. */
  void warmUpDone() {
    probation = null;
  }

  /** Whether a frame is due to wait for being learnt. */
  boolean isDue(long streamMicros, int intervalMillis) {
    return lastQueued == Long.MIN_VALUE || streamMicros - lastQueued >= intervalMillis * 1_000L;
  }

  /** Counts the interval until the next frame is due from here. */
  void noteQueued(long streamMicros) {
    lastQueued = streamMicros;
  }

  /**
   * The frame as it waits to be learnt. Only for frames that can be compared ({@link #isStudied}).
   *
   * @param skip cells that are not to be learnt; kept
   */
  LearningSample sample(Observation frame, long streamMicros, FrameScores scores, boolean[] skip) {
    Observation seen = view.of(frame);
    return new LearningSample(
        streamMicros, frame.stamp(), seen.patches(), seen.pooled(), scores.activity(), skip, true);
  }

  /**
   * Learns the frames whose delay is over.
   *
   * @param strict whether cells that are under suspicion now are left out as well
   */
  void learnDue(long streamMicros, int delayMillis, boolean strict) {
    long until = streamMicros - delayMillis * 1_000L;
    LearningSample sample = queue.takeDue(until);
    while (sample != null) {
      if (strict) {
        gate.skipSuspects(sample.skip());
      }
      learn(sample, 1);
      sample = queue.takeDue(until);
    }
  }

  /** Learns frames that an operator called normal, their movement with emphasis. */
  void teach(List<LearningSample> samples) {
    cycle.teach();
    for (LearningSample sample : samples) {
      learn(sample, TAUGHT_WEIGHT);
    }
  }

  /**
   * Learns some places of frames that an operator called normal there; elsewhere they are left as
   * they were.
   *
   * @param whole whether the picture as a whole is normal too, because nothing else is unusual
   */
  void teachIn(List<Region> region, List<LearningSample> samples, boolean whole) {
    boolean[] inside = Region.cells(region, shape.rows(), shape.columns(), shape);
    boolean[] outside = new boolean[inside.length];
    for (int cell = 0; cell < inside.length; cell++) {
      outside[cell] = !inside[cell];
    }
    DetectorSettings.Activity coarse = settings.activity();
    boolean[] coarseInside = Region.cells(region, coarse.rows(), coarse.columns(), shape);
    for (LearningSample sample : samples) {
      patches.learn(sample.patches(), sample.stamp(), outside);
      if (whole) {
        scene.learn(sample.pooled(), sample.stamp(), new boolean[1]);
      }
      if (sample.activity().length == 2 * coarseInside.length) {
        activity.learn(sample.activity(), TAUGHT_WEIGHT, coarseInside);
      }
      sample.skipAlso(inside);
      version++;
    }
    gate.trust(inside);
  }

  /** Whether no cell outside these boxes looks unusual. */
  boolean isCalmOutside(List<Region> region, FrameScores scores) {
    boolean[] inside = Region.cells(region, shape.rows(), shape.columns(), shape);
    for (int cell = 0; cell < inside.length; cell++) {
      if (!inside[cell] && gate.isUnlike(cell, scores.distances()[cell])) {
        return false;
      }
    }
    return true;
  }

  private void learn(LearningSample sample, int activityWeight) {
    patches.learn(sample.patches(), sample.stamp(), sample.skip());
    if (sample.whole()) {
      scene.learn(sample.pooled(), sample.stamp(), new boolean[1]);
    }
    int features = 2 * settings.activity().rows() * settings.activity().columns();
    if (sample.activity().length == features) {
      activity.learn(sample.activity(), activityWeight);
    }
    version++;
  }

  /** An incident is over: what was under suspicion in it is not learnt with a delay either. */
  void incidentClosed() {
    boolean[] suspects = new boolean[shape.cells()];
    gate.skipSuspects(suspects);
    queue.skipInDelayed(suspects);
  }

  /** Share of a frame's cells that look as usual, 0..1; nothing is learnt or remembered. */
  double likeness(Observation frame) {
    double[] distances = new double[shape.cells()];
    if (!isEmpty()) {
      patches.distances(view.of(frame).patches(), distances);
    }
    return gate.likeness(distances);
  }

  /** Takes the place of a later one: counts on from there and keeps what waits in quarantine. */
  void replace(Baseline later) {
    version = Math.max(version, later.version) + 1;
    later.queue.release().forEach(queue::quarantine);
    interrupt(true);
  }

  /** The normal frame that a cell of this frame resembles most. */
  @Nullable FrameStamp nearestNormal(Observation frame, int cell) {
    return isEmpty() ? null : patches.nearest(view.of(frame).patches(), cell);
  }

  /** Writes what {@link #read} reads, without the frames that wait. */
  void writeLearnt(SnapshotWriter out) {
    writeAllButQueue(out);
    new LearningQueue(settings.memory()).write(out);
  }

  void write(SnapshotWriter out) {
    writeAllButQueue(out);
    queue.write(out);
  }

  private void writeAllButQueue(SnapshotWriter out) {
    shape.write(out);
    out.putLong(version);
    out.putLong(lastQueued);
    out.putLong(smoothedMicros);
    for (double value : smoothed) {
      out.putDouble(value);
    }
    gate.write(out);
    view.write(out);
    patches.write(out);
    scene.write(out);
    motion.write(out);
    activity.write(out);
    calibration.write(out);
    out.putBoolean(probation != null);
    if (probation != null) {
      probation.write(out);
    }
    cycle.write(out);
  }

  /** Before version 2 the scene was remembered by the network's vector: it is learnt anew. */
  private void readScene(SnapshotReader in) throws SnapshotException {
    scene = sceneMemory();
    if (in.version() == SnapshotFormat.FIRST_VERSION) {
      new PrototypeMemory(1, 1, shape.pooled(), settings.memory().scenePrototypes()).read(in);
    } else {
      scene.read(in);
    }
  }

  static Baseline read(SnapshotReader in, DetectorSettings settings) throws SnapshotException {
    Baseline baseline = new Baseline(settings, FrameShape.read(in));
    baseline.version = in.takeLong();
    baseline.lastQueued = in.takeLong();
    baseline.smoothedMicros = in.takeLong();
    for (int channel = 0; channel < Channels.countIn(in); channel++) {
      baseline.smoothed[channel] = in.takeDouble();
    }
    baseline.gate.read(in);
    baseline.view.read(in);
    baseline.patches = baseline.patchMemory();
    baseline.patches.read(in);
    baseline.readScene(in);
    baseline.motion.read(in);
    baseline.activity.read(in);
    baseline.calibration.read(in);
    baseline.readProbation(in);
    if (in.version() > SnapshotFormat.FIRST_VERSION) {
      baseline.cycle.read(in);
    }
    baseline.queue.read(
        in, in.version() == SnapshotFormat.FIRST_VERSION ? baseline.shape : baseline.view.inner());
    return baseline;
  }

  private void readProbation(SnapshotReader in) throws SnapshotException {
    if (in.version() < 2 || !in.takeBoolean()) {
      probation = null;
    } else if (probation != null) {
      probation.read(in);
    }
  }
}
