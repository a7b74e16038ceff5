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
  private final FrameShape shape;
  private final FeatureView view;
  private PrototypeMemory patches;
  private PrototypeMemory scene;

  FeatureMemory(DetectorSettings.Memory settings, FrameShape shape) {
    this.settings = settings;
    this.shape = shape;
    view = new FeatureView(shape, settings.studyFrames());
    patches = patchMemory();
    scene = sceneMemory();
  }

  private PrototypeMemory patchMemory() {
    return new PrototypeMemory(
        shape.rows(), shape.columns(), view.inner().channels(), settings.prototypesPerCell());
  }

  private PrototypeMemory sceneMemory() {
    return new PrototypeMemory(1, 1, view.inner().pooled(), settings.scenePrototypes());
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
    List<FeatureView.Studied> frames = view.takeStudied();
    List<double[]> distances = distancesToOtherHalf(frames);
    distances.forEach(gate::noteNormal);
    double limit = gate.strangeLimit();
    IntStream.range(0, frames.size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> FrameScores.hottest(distances.get(i), 1)))
        .forEach(i -> learnStudied(frames.get(i), distances.get(i), limit));
  }

  private List<double[]> distancesToOtherHalf(List<FeatureView.Studied> frames) {
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

  private void learnStudied(FeatureView.Studied frame, double[] distances, double limit) {
    boolean[] skip = new boolean[shape.cells()];
    for (int cell = 0; cell < skip.length; cell++) {
      if (distances[cell] > limit) {
        CellGate.markAround(skip, cell, shape.rows(), shape.columns());
      }
    }
    learn(frame.patches(), signature(frame), frame.stamp(), skip, false);
  }

  private PrototypeMemory memoryOf(List<FeatureView.Studied> frames) {
    PrototypeMemory memory = patchMemory();
    boolean[] all = new boolean[shape.cells()];
    frames.forEach(frame -> memory.learn(frame.patches(), frame.stamp(), all));
    return memory;
  }

  /**
   * Learns the studied pictures of a still set.
   *
   * @return the raw scores of each but the first, set against those before it
   */
  List<double[]> learnStudiedStills() {
    List<double[]> scores = new ArrayList<>();
    for (FeatureView.Studied still : view.takeStudied()) {
      byte[] signature = signature(still);
      if (!isEmpty()) {
        scores.add(scores(distances(still.patches()), sceneDistance(signature)));
      }
      learn(still.patches(), signature, still.stamp(), new boolean[shape.cells()], true);
    }
    return scores;
  }

  private byte[] signature(FeatureView.Studied frame) {
    return SceneSignature.of(frame.patches(), features());
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
    return isEmpty() ? 0 : sceneDistance(seen(frame).pooled());
  }

  private double sceneDistance(byte[] signature) {
    double[] distance = new double[1];
    scene.distances(signature, distance);
    return distance[0];
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
      scene.learn(signature, stamp, new boolean[1]);
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
      new PrototypeMemory(1, 1, shape.pooled(), settings.scenePrototypes()).read(in);
    } else {
      scene.read(in);
    }
  }
}
