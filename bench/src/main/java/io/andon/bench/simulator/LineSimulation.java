package io.andon.bench.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A line with several cameras. The same seed and the same times give the same pictures and the same
 * anomalies.
 */
public final class LineSimulation implements AutoCloseable {
  /** Cameras that can be simulated. */
  public static final List<String> KNOWN_CAMERAS = List.of("conveyor", "press", "assembly", "rack");

  /** The cameras of the demo. */
  public static final List<String> DEMO_CAMERAS = List.of("conveyor", "press");

  /** Cycles of the press are at most this share longer or shorter, unless told otherwise. */
  public static final double USUAL_JITTER = 0.02;

  private static final double SECONDS_LASTING = 5;
  private static final double SECONDS_SLOW = 80;

  private final List<SimulatedCamera> cameras = new ArrayList<>();
  private final Random random;
  private final @Nullable TruthFile truth;

  private LineSimulation(List<String> names, long seed, double jitter, @Nullable TruthFile truth) {
    this.random = new Random(seed);
    this.truth = truth;
    Consumer<Injection> record = truth == null ? injection -> {} : truth::write;
    for (String name : names) {
      cameras.add(
          new SimulatedCamera(name, scene(name, seed, jitter), seed + cameras.size(), record));
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
    return create(cameras, seed, USUAL_JITTER, truthFile);
  }

  /**
   * Sets up a line whose machines keep time more or less well.
   *
   * @param jitter cycles are at most this share longer or shorter, 0..0.2
   * @throws IOException if the truth file can't be opened
   * @throws IllegalArgumentException if a camera is not known or the jitter out of range
   */
  public static LineSimulation create(
      List<String> cameras, long seed, double jitter, @Nullable Path truthFile) throws IOException {
    if (!(jitter >= 0 && jitter <= 0.2)) {
      throw new IllegalArgumentException("jitter: " + jitter + " is not allowed; 0 to 0.2");
    }
    for (String camera : cameras) {
      if (!KNOWN_CAMERAS.contains(camera)) {
        throw new IllegalArgumentException(
            "camera: " + camera + " is not allowed; one of " + KNOWN_CAMERAS);
      }
    }
    return new LineSimulation(
        cameras, seed, jitter, truthFile == null ? null : new TruthFile(truthFile));
  }

  private static Scene scene(String camera, long seed, double jitter) {
    return switch (camera) {
      case "press" -> new PressScene(seed, jitter);
      case "assembly" -> new AssemblyScene(seed, jitter);
      case "rack" -> new RackScene(seed);
      default -> new ConveyorScene(seed);
    };
  }

  /** The cameras, in the order they were named. */
  public List<PictureSource> cameras() {
    return List.copyOf(cameras);
  }

  /**
   * Plans anomalies: evenly spread, from camera to camera in turn, each kind that a camera can show
   * before any is shown again. Kinds that are wrong in time alone are left out.
   *
   * @param fromMicros none begins before, microseconds since the epoch
   * @param untilMicros none is asked for after
   * @param count how many over all cameras
   */
  public void injectBetween(long fromMicros, long untilMicros, int count) {
    injectBetween(fromMicros, untilMicros, count, AnomalyKind.AT_A_GLANCE);
  }

  /**
   * The same with some kinds only; a camera that can show none of them shows nothing.
   *
   * @param allowed what may be shown
   */
  public void injectBetween(
      long fromMicros, long untilMicros, int count, Set<AnomalyKind> allowed) {
    if (count < 1 || untilMicros <= fromMicros) {
      throw new IllegalArgumentException("nothing can be injected in an empty time");
    }
    // The last one needs time to cross the picture.
    long usable = Math.max(1, untilMicros - fromMicros - (long) (7 * 1e6));
    List<SimulatedCamera> able = new ArrayList<>();
    List<List<AnomalyKind>> kinds = new ArrayList<>();
    for (SimulatedCamera camera : cameras) {
      if (!Collections.disjoint(camera.scene().anomalies(), allowed)) {
        able.add(camera);
        kinds.add(kindsInTurn(camera, count, allowed));
      }
    }
    for (int i = 0; i < count && !able.isEmpty(); i++) {
      int camera = i % able.size();
      AnomalyKind kind = kinds.get(camera).get(i / able.size());
      long at = fromMicros + usable * i / Math.max(1, count - 1);
      double seconds = kind == AnomalyKind.SLOW_CYCLE ? SECONDS_SLOW : SECONDS_LASTING;
      able.get(camera).plan(new SimulatedCamera.Planned(at, kind, seconds));
    }
  }

  private List<AnomalyKind> kindsInTurn(
      SimulatedCamera camera, int count, Set<AnomalyKind> allowed) {
    List<AnomalyKind> kinds = new ArrayList<>();
    while (kinds.size() < count) {
      List<AnomalyKind> round = new ArrayList<>(camera.scene().anomalies());
      round.retainAll(allowed);
      Collections.shuffle(round, random);
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
