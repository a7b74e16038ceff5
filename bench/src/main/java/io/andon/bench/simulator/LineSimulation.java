package io.andon.bench.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A line with several cameras. The same seed and the same times give the same pictures and the same
 * anomalies.
 */
public final class LineSimulation implements AutoCloseable {
  /** Cameras that can be simulated. */
  public static final List<String> KNOWN_CAMERAS = List.of("conveyor", "press");

  private static final double SECONDS_LASTING = 5;

  private final List<SimulatedCamera> cameras = new ArrayList<>();
  private final Random random;
  private final @Nullable TruthFile truth;

  private LineSimulation(List<String> names, long seed, @Nullable TruthFile truth) {
    this.random = new Random(seed);
    this.truth = truth;
    Consumer<Injection> record = truth == null ? injection -> {} : truth::write;
    for (String name : names) {
      cameras.add(new SimulatedCamera(name, scene(name, seed), seed + cameras.size(), record));
    }
  }

  /**
   * Sets up a line.
   *
   * @param cameras names out of {@link #KNOWN_CAMERAS}
   * @param seed decides everything random
   * @param truthFile file that the truth is appended to; null for none
   * @throws IOException if the truth file can't be opened
   * @throws IllegalArgumentException if a camera is not known
   */
  public static LineSimulation create(List<String> cameras, long seed, @Nullable Path truthFile)
      throws IOException {
    for (String camera : cameras) {
      if (!KNOWN_CAMERAS.contains(camera)) {
        throw new IllegalArgumentException(
            "camera: " + camera + " is not allowed; one of " + KNOWN_CAMERAS);
      }
    }
    return new LineSimulation(cameras, seed, truthFile == null ? null : new TruthFile(truthFile));
  }

  private static Scene scene(String camera, long seed) {
    return camera.equals("press") ? new PressScene(seed) : new ConveyorScene(seed);
  }

  /** The cameras, in the order they were named. */
  public List<PictureSource> cameras() {
    return List.copyOf(cameras);
  }

  /**
   * Plans anomalies: evenly spread, from camera to camera in turn, each kind that a camera can show
   * before any is shown again.
   *
   * @param fromMicros none begins before, microseconds since the epoch
   * @param untilMicros none is asked for after
   * @param count how many over all cameras
   */
  public void injectBetween(long fromMicros, long untilMicros, int count) {
    if (count < 1 || untilMicros <= fromMicros) {
      throw new IllegalArgumentException("nothing can be injected in an empty time");
    }
    // The last one needs time to cross the picture.
    long usable = Math.max(1, untilMicros - fromMicros - (long) (7 * 1e6));
    List<List<AnomalyKind>> kinds = new ArrayList<>();
    for (SimulatedCamera camera : cameras) {
      kinds.add(new ArrayList<>(kindsInTurn(camera, count)));
    }
    for (int i = 0; i < count; i++) {
      int camera = i % cameras.size();
      AnomalyKind kind = kinds.get(camera).get(i / cameras.size());
      long at = fromMicros + usable * i / Math.max(1, count - 1);
      cameras.get(camera).plan(new SimulatedCamera.Planned(at, kind, SECONDS_LASTING));
    }
  }

  private List<AnomalyKind> kindsInTurn(SimulatedCamera camera, int count) {
    List<AnomalyKind> kinds = new ArrayList<>();
    while (kinds.size() < count) {
      List<AnomalyKind> round = new ArrayList<>(camera.scene().anomalies());
      java.util.Collections.shuffle(round, random);
      kinds.addAll(round);
    }
    return kinds;
  }

  /** What was shown so far, in the order of time. */
  public List<Injection> injections() {
    return cameras.stream()
        .flatMap(camera -> camera.shown().stream())
        .sorted(Comparator.comparingLong(Injection::startMicros))
        .toList();
  }

  @Override
  public void close() throws IOException {
    if (truth != null) {
      truth.close();
    }
  }
}
