package io.andon.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a camera's normal features: patches by place and signatures of the whole
 * scene, both as the camera's {@link FeatureView} shows them. Nothing is known until enough frames
 * have been studied.
 */
final class FeatureMemory {
  private final DetectorSettings.Memory settings;
  private final boolean stills;
  private final FrameShape shape;
  private final FeatureView view;
  private PrototypeMemory patches;
  private SceneMemory scene;

  FeatureMemory(DetectorSettings all, FrameShape shape) {
    settings = all.memory();
    stills = all.stills();
    this.shape = shape;
    view = new FeatureView(shape, settings.studyFrames(), stills);
    patches = patchMemory();
    scene = sceneMemory();
  }

  private PrototypeMemory patchMemory() {
    return new PrototypeMemory(
        shape.rows(), shape.columns(), view.inner().channels(), settings.prototypesPerCell());
  }

  private SceneMemory sceneMemory() {
    int values = view.inner().pooled();
    return stills
        ? new WhitenedScene(values, settings.scenePrototypes())
        : new NearestScene(values, settings.scenePrototypes());
  }

  /** Whether enough normal pictures have been studied to compare frames. */
  boolean isStudied() {
    return view.isKnown();
  }

  /** Whether nothing was learnt yet. */
  boolean isEmpty() {
    return patches.isEmpty();
  }

  /** Values a cell has as it is seen. */
  int features() {
    return view.inner().channels();
  }

  /** The shape of frames as they are seen. */
  FrameShape seenShape() {
    return view.inner();
  }

  /** Whether the other one shows every frame bit for bit as this one does. */
  boolean seesAs(FeatureMemory other) {
    return view.isSameAs(other.view);
  }

  /** Studies a normal frame; true if that was the last one needed. */
  boolean study(Observation frame) {
    return view.study(frame);
  }

  /**
   * Learns the studied frames of a stream, each half as far as the other half vouches for it: what
   * only one half shows may be an anomaly. The calmest frame is learnt first, since a place without
   * any look takes the first one that comes.
   *
   * @param gate is told how hot a half finds the other's frames, and says what is strange
   */
  void learnStudied(CellGate gate) {
    List<FeatureView.Seen> frames = view.takeStudied();
    List<double[]> distances = distancesToOtherHalf(frames);
    distances.forEach(gate::noteNormal);
    double limit = gate.strangeLimit();
    IntStream.range(0, frames.size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> FrameScores.hottest(distances.get(i), 1)))
        .forEach(i -> learnStudied(frames.get(i), distances.get(i), limit));
  }

  private List<double[]> distancesToOtherHalf(List<FeatureView.Seen> frames) {
    int half = frames.size() / 2;
    PrototypeMemory early = memoryOf(frames.subList(0, half));
    PrototypeMemory late = memoryOf(frames.subList(half, frames.size()));
    List<double[]> distances = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      distances.add(new double[shape.cells()]);
      (i < half ? late : early).distances(frames.get(i).patches(), distances.get(i));
    }
    return distances;
  }

  private void learnStudied(FeatureView.Seen frame, double[] distances, double limit) {
    boolean[] skip = new boolean[shape.cells()];
    for (int cell = 0; cell < skip.length; cell++) {
      if (distances[cell] > limit) {
        CellGate.markAround(skip, cell, shape.rows(), shape.columns());
      }
    }
    learn(frame.patches(), frame.signature(), frame.stamp(), skip, false);
  }

  private PrototypeMemory memoryOf(List<FeatureView.Seen> frames) {
    PrototypeMemory memory = patchMemory();
    boolean[] all = new boolean[shape.cells()];
    frames.forEach(frame -> memory.learn(frame.patches(), frame.stamp(), all));
    return memory;
  }

  /**
   * Learns the studied pictures of a still set.
   *
   * @param gate is told how far each is from those before it
   * @return the raw scores of each but the first, set against those before it
   */
  List<double[]> learnStudiedStills(CellGate gate) {
    List<double[]> scores = new ArrayList<>();
    for (FeatureView.Seen still : view.takeStudied()) {
      if (!isEmpty()) {
        double[] distances = distances(still.patches());
        double[] evened = gate.evened(distances).distances();
        scores.add(scores(evened, scene.distance(still.signature())));
        gate.noteUsual(distances);
      }
      learn(still.patches(), still.signature(), still.stamp(), new boolean[shape.cells()], true);
    }
    return scores;
  }

  /** Raw scores of what features tell; NaN for the other channels. */
  double[] scores(double[] distances, double sceneDistance) {
    double[] raw = new double[Channels.COUNT];
    Arrays.fill(raw, Double.NaN);
    if (!isEmpty()) {
      raw[Channels.APPEARANCE] = FrameScores.hottest(distances, settings.hottestCells());
      raw[Channels.SCENE] = sceneDistance;
    }
    return raw;
  }

  /** A frame as it is seen; only once {@link #isStudied}. */
  Observation seen(Observation frame) {
    return view.of(frame);
  }

  /** Distance of each cell to what is normal around it; 0 while nothing is known. */
  double[] distances(Observation frame) {
    return isEmpty() ? new double[shape.cells()] : distances(seen(frame).patches());
  }

  private double[] distances(byte[] grid) {
    double[] distances = new double[shape.cells()];
    patches.distances(grid, distances);
    return distances;
  }

  /** Distance of the scene to the nearest normal one; 0 while nothing is known. */
  double sceneDistance(Observation frame) {
    return isEmpty() ? 0 : scene.distance(seen(frame).pooled());
  }

  /** What the scene counts for beside the cells, 0..1; 0 if it is judged on its own. */
  double sceneShare() {
    return scene.share();
  }

  /**
   * Learns a frame as it is seen.
   *
   * @param skip cells that are left out
   * @param whole whether the scene is learnt too
   */
  void learn(byte[] grid, byte[] signature, FrameStamp stamp, boolean[] skip, boolean whole) {
    patches.learn(grid, stamp, skip);
    if (whole) {
      scene.learn(signature, stamp);
    }
  }

  /** The normal frame that a cell of this frame resembles most. */
  @Nullable FrameStamp nearestNormal(Observation frame, int cell) {
    return isEmpty() ? null : patches.nearest(seen(frame).patches(), cell);
  }

  void write(SnapshotWriter out) {
    view.write(out);
    patches.write(out);
    scene.write(out);
  }

  /** Before version 2 the scene was remembered by the network's vector: it is learnt anew. */
  void read(SnapshotReader in) throws SnapshotException {
    view.read(in);
    patches = patchMemory();
    patches.read(in);
    scene = sceneMemory();
    if (in.version() == SnapshotFormat.FIRST_VERSION) {
      new NearestScene(shape.pooled(), settings.scenePrototypes()).read(in);
    } else {
      scene.read(in);
    }
  }
}
