package io.andon.detection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of the normal pictures of one camera in one frame shape, and how it is learnt. */
final class Baseline {
  private static final int TAUGHT_WEIGHT = 5;

  /** A strange look is normal if it comes again a fifth of the warm-up later. */
  private static final int AGAIN_PART = 5;

  /** Flow smears over the neighbours of what moves: so many times as many cells are averaged. */
  private static final int MOTION_CELLS = 2;

  private static final double[] NONE = new double[0];

  private final DetectorSettings settings;
  private final FrameShape shape;
  private final FeatureMemory features;
  private final LumaMotion motion;
  private final ActivityBand activity;
  final CellGate gate;
  private @Nullable Probation probation;
  final BlockCalibration calibration;
  final LearningQueue queue;
  final CycleWatch cycle;
  private long version;
  private long lastQueued = Long.MIN_VALUE;
  private final ScoreSmoothing smoothing;

  Baseline(DetectorSettings settings, FrameShape shape) {
    this.settings = settings;
    this.shape = shape;
    DetectorSettings.Memory memory = settings.memory();
    features = new FeatureMemory(settings, shape);
    motion = new LumaMotion(shape.lumaWidth(), shape.lumaHeight(), shape.rows(), shape.columns());
    activity = new ActivityBand(settings.activity());
    probation = new Probation(shape.rows(), shape.columns(), features.features());
    gate = new CellGate(shape.rows(), shape.columns(), memory.gateQuantile());
    calibration = new BlockCalibration(settings.calibration());
    queue = new LearningQueue(memory);
    cycle = new CycleWatch(settings.cycle());
    smoothing = new ScoreSmoothing(settings.calibration().smoothingMillis());
  }

  FrameShape shape() {
    return shape;
  }

  /** Whether enough normal pictures have been studied to compare frames. */
  boolean isStudied() {
    return features.isStudied();
  }

  /**
   * Studies a normal frame. With the last one needed, all studied frames are learnt.
   *
   * @return the raw scores of the studied pictures of a still set, each set against those before
   *     it; empty before the last, and of a stream
   */
  List<double[]> study(Observation frame) {
    if (!features.study(frame)) {
      return List.of();
    }
    version++;
    if (settings.stills()) {
      return features.learnStudiedStills(gate);
    }
    features.learnStudied(gate);
    return List.of();
  }

  /** What the scene counts for beside the cells, 0..1; 0 if it is judged on its own. */
  double sceneShare() {
    return features.sceneShare();
  }

  /** Counts learning steps. */
  long version() {
    return version;
  }

  /** Whether nothing was learnt yet. */
  boolean isEmpty() {
    return features.isEmpty();
  }

  /** Nothing before the next frame is to be compared with it. */
  void interrupt(boolean forgetMovement) {
    motion.interrupt();
    if (forgetMovement) {
      smoothing.forget();
      activity.interrupt();
      cycle.interrupt();
    }
  }

  /**
   * Scores a frame; nothing is learnt from it but the picture that movement is told from.
   *
   * @param last its picture is the last one
   * @param again whether that picture was there before: then nothing has moved
   */
  FrameScores score(Observation frame, LastPicture last, boolean again, long streamMicros) {
    boolean moved =
        again
            ? motion.stand(!frame.discontinuous())
            : motion.advance(frame.luma(), !frame.discontinuous(), frame.intervals());
    LastPicture.FeatureScores looks = looks(last);
    double[] distances = looks.distances();
    double[] products = NONE;
    double[] movement = NONE;
    double[] excess = NONE;
    if (moved) {
      products = motion.tellsSpeeds() ? products(distances) : NONE;
      DetectorSettings.Activity coarse = settings.activity();
      activity.add(streamMicros, motion.blocks(coarse.rows(), coarse.columns()));
      movement = activity.features(streamMicros);
      excess = movement.length > 0 && activity.isReady() ? activity.excess(movement) : NONE;
    }
    double[] raw = looks.raw().clone();
    double standing = 1;
    if (settings.stills() && !isEmpty()) {
      EvenedCells evened = gate.evened(distances);
      standing = evened.standing();
      raw[Channels.APPEARANCE] = evened.hottest(settings.memory().hottestCells());
    }
    if (products.length > 0 && !isEmpty()) {
      raw[Channels.MOTION] =
          FrameScores.hottest(products, MOTION_CELLS * settings.memory().hottestCells());
    }
    smoothing.smooth(raw, streamMicros);
    if (excess.length > 0) {
      raw[Channels.ACTIVITY] = FrameScores.hottest(excess, 1);
    }
    raw[Channels.CYCLE] = cycle.observe(frame, streamMicros);
    return new FrameScores(distances, standing, products, excess, movement, cycle.drift(), raw);
  }

  /** What features say of the last picture, computed once for each state of the memory. */
  private LastPicture.FeatureScores looks(LastPicture last) {
    LastPicture.FeatureScores known = last.scoresBy(this);
    if (known != null) {
      return known;
    }
    Observation picture = last.picture();
    double[] distances = features.distances(picture);
    double[] raw = features.scores(distances, features.sceneDistance(picture));
    LastPicture.FeatureScores said = new LastPicture.FeatureScores(this, version, distances, raw);
    last.note(said);
    return said;
  }

  private double[] products(double[] distances) {
    double[] products = motion.speeds().clone();
    for (int cell = 0; cell < products.length; cell++) {
      products[cell] *= distances[cell];
    }
    return products;
  }

  /**
   * Learns what needs no delay: how hot cells are usual, and where in its cycle a machine is.
   *
   * @param again whether the picture was there before: it counts once
   */
  void noteNormal(FrameScores scores, boolean again) {
    if (!again && !isEmpty() && !isOnProbation(scores)) {
      gate.noteNormal(scores.distances());
    }
    cycle.learn();
  }

  /** An anomaly that fills half of a warm-up must not decide what is strange. */
  private boolean isOnProbation(FrameScores scores) {
    return probation != null && FrameScores.hottest(scores.distances(), 1) > gate.strangeLimit();
  }

  /** Marks the cells of a warm-up's frame that look too strange to be learnt at first sight. */
  boolean[] warmUpSkip(Observation frame, FrameScores scores, long streamMicros) {
    if (probation == null) {
      return new boolean[shape.cells()];
    }
    return probation.skip(
        features.seen(frame).patches(),
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
    Observation seen = features.seen(frame);
    return new LearningSample(
        streamMicros,
        frame.stamp(),
        seen.patches(),
        seen.pooled(),
        scores.activity(),
        skip,
        new boolean[skip.length],
        true);
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
   * @param frame where the boxes lie is told from it
   * @param whole whether the picture as a whole is normal too, because nothing else is unusual
   */
  void teachIn(
      Observation frame, List<Region> region, List<LearningSample> samples, boolean whole) {
    boolean[] inside = Region.cells(region, shape.rows(), shape.columns(), frame);
    DetectorSettings.Activity coarse = settings.activity();
    boolean[] coarseInside = Region.cells(region, coarse.rows(), coarse.columns(), frame);
    for (LearningSample sample : samples) {
      boolean[] skip = sample.skip().clone();
      for (int cell = 0; cell < inside.length; cell++) {
        skip[cell] |= !inside[cell];
      }
      features.learn(sample.patches(), sample.pooled(), sample.stamp(), skip, whole);
      if (sample.activity().length == 2 * coarseInside.length) {
        activity.learn(sample.activity(), TAUGHT_WEIGHT, coarseInside);
      }
      sample.skipAlso(inside);
      version++;
    }
    gate.trust(inside);
  }

  /** Whether no cell outside these boxes looks unusual. */
  boolean isCalmOutside(Observation frame, List<Region> region, FrameScores scores) {
    boolean[] inside = Region.cells(region, shape.rows(), shape.columns(), frame);
    for (int cell = 0; cell < inside.length; cell++) {
      if (!inside[cell] && gate.isUnlike(cell, scores.distances()[cell])) {
        return false;
      }
    }
    return true;
  }

  private void learn(LearningSample sample, int activityWeight) {
    features.learn(
        sample.patches(), sample.pooled(), sample.stamp(), sample.skip(), sample.whole());
    int movement = 2 * settings.activity().rows() * settings.activity().columns();
    if (sample.activity().length == movement) {
      activity.learn(sample.activity(), activityWeight);
    }
    version++;
  }

  /** An incident is over: what was under suspicion in it is not learnt with a delay either. */
  void incidentClosed() {
    boolean[] suspects = new boolean[shape.cells()];
    gate.skipSuspects(suspects);
    queue.skipInDelayed(suspects);
    queue.allowAll();
  }

  /** The frame as this baseline sees it. Only where frames can be compared ({@link #isStudied}). */
  Observation seen(Observation frame) {
    return features.seen(frame);
  }

  /** The shape of frames as this baseline sees them. */
  FrameShape seenShape() {
    return features.seenShape();
  }

  /** Share of a frame's cells that look as usual, 0..1; nothing is learnt or remembered. */
  double likeness(Observation frame) {
    return gate.likeness(features.distances(frame));
  }

  /**
   * Takes the place of a later one: counts on from there and keeps what waits in quarantine, unless
   * it was seen otherwise: features of two projections can't be compared.
   */
  void replace(Baseline later) {
    version = Math.max(version, later.version) + 1;
    if (seesAs(later)) {
      queue.takeQuarantineOf(later.queue);
    }
    interrupt(true);
  }

  /** Whether both see frames alike: they are of one scene, then and now. */
  boolean seesAs(Baseline other) {
    return features.seesAs(other.features);
  }

  /** The normal frame that a cell of this frame resembles most. */
  @Nullable FrameStamp nearestNormal(Observation frame, int cell) {
    return features.nearestNormal(frame, cell);
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
    smoothing.write(out);
    gate.write(out);
    features.write(out);
    motion.write(out);
    activity.write(out);
    calibration.write(out);
    out.putBoolean(probation != null);
    if (probation != null) {
      probation.write(out);
    }
    cycle.write(out);
  }

  static Baseline read(SnapshotReader in, DetectorSettings settings) throws SnapshotException {
    Baseline baseline = new Baseline(settings, FrameShape.read(in));
    baseline.version = in.takeLong();
    baseline.lastQueued = in.takeLong();
    baseline.smoothing.read(in);
    baseline.gate.read(in);
    baseline.features.read(in);
    baseline.motion.read(in);
    baseline.activity.read(in);
    baseline.calibration.read(in);
    baseline.readProbation(in);
    if (in.version() > SnapshotFormat.FIRST_VERSION) {
      baseline.cycle.read(in);
    }
    boolean first = in.version() == SnapshotFormat.FIRST_VERSION;
    baseline.queue.read(in, first ? baseline.shape : baseline.features.seenShape());
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
