package io.andon.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;

/**
 * A made-up production line as a stream of features: a textured background, parts that travel along
 * a belt in the middle row with random gaps, a machine that moves up and down every four seconds,
 * sensor noise and light that drifts slowly. Seeded: the same seed gives the same line.
 */
final class SyntheticLine {
  static final int FPS = 8;
  static final long START_MICROS = 1_700_000_000_000_000L;

  /** What can go wrong. */
  enum Anomaly {
    NONE,
    /** An object of strange looks lies still above the belt. */
    FOREIGN_OBJECT,
    /** Parts of strange looks travel on the belt. */
    WRONG_PARTS,
    /** The belt stops as it is. */
    STOPPED_BELT
  }

  private final int rows;
  private final int columns;
  private final int channels;
  private final int lumaWidth;
  private final int lumaHeight;
  private final Random random;
  private final byte[][] home;
  private byte[][] looks;
  private int pattern;
  private double extraLight;
  private double window;
  private boolean steady;
  private double strength = 1;
  private int objectRow = 1;
  private int objectColumn = 8;
  private final List<double[]> parts = new ArrayList<>();
  private double nextPart;
  private long frame;
  private String space = "model@1/fp32/jpeg";

  SyntheticLine(long seed) {
    this(seed, 8, 14, 16);
  }

  SyntheticLine(long seed, int rows, int columns, int channels) {
    this.rows = rows;
    this.columns = columns;
    this.channels = channels;
    lumaWidth = columns * 4;
    lumaHeight = rows * 4;
    random = new Random(seed);
    home = looks(random);
    looks = home;
  }

  /** Adds to the light that falls on the left half, as through a window. */
  void lightThroughWindow(double value) {
    window = value;
  }

  /** Lets the light no longer go up and down by itself. */
  SyntheticLine steady() {
    steady = true;
    return this;
  }

  /** Lets the network's features be so many times as strong, noise and all. */
  SyntheticLine strength(double times) {
    strength = times;
    return this;
  }

  /** Gives the foreign object other looks at another place, the same for the same seed. */
  void foreignObject(long seed) {
    Random from = new Random(seed);
    objectRow = from.nextInt(2);
    objectColumn = 3 + from.nextInt(columns - 6);
    for (int i = 0; i < channels; i++) {
      looks[rows * columns + 2][i] = (byte) Math.round(clip(from.nextGaussian() * 25));
    }
  }

  private byte[][] looks(Random from) {
    byte[][] made = new byte[rows * columns + 3][channels];
    for (byte[] look : made) {
      for (int i = 0; i < channels; i++) {
        look[i] = (byte) Math.round(clip(from.nextGaussian() * 25));
      }
    }
    return made;
  }

  /** Points the camera elsewhere: every place looks different, the same way for the same seed. */
  void moveCamera(long seed) {
    looks = looks(new Random(seed));
    pattern = 1;
  }

  /** Points the camera back. */
  void moveBack() {
    looks = home;
    pattern = 0;
  }

  /** Adds to the light that falls on everything, in steps of an int8 feature. */
  void light(double value) {
    extraLight = value;
  }

  /** Goes on in another embedding space. */
  void changeSpace(String other) {
    space = other;
  }

  /** Lets frames go missing. */
  void skip(int frames) {
    frame += frames;
  }

  Observation next() {
    return next(Anomaly.NONE);
  }

  /** The next frame. */
  Observation next(Anomaly anomaly) {
    double seconds = (double) frame / FPS;
    if (anomaly != Anomaly.STOPPED_BELT) {
      moveBelt();
    }
    double press = rows / 4.0 * (1 + Math.sin(seconds * Math.PI / 2)) / 2;
    double light = (steady ? 0 : 4 * Math.sin(seconds / 60)) + 2 * extraLight;
    byte[] patches = new byte[rows * columns * channels];
    byte[] luma = new byte[lumaWidth * lumaHeight];
    for (int cell = 0; cell < rows * columns; cell++) {
      int look = lookAt(cell / columns, cell % columns, press, anomaly);
      double here = light / 2 + (cell % columns < columns / 2 ? window : 0);
      for (int i = 0; i < channels; i++) {
        patches[cell * channels + i] =
            (byte) Math.round(clip(strength * (looks[look][i] + here + random.nextGaussian() * 3)));
      }
    }
    for (int y = 0; y < lumaHeight; y++) {
      for (int x = 0; x < lumaWidth; x++) {
        double value = light + random.nextGaussian() + brightness(x / 4.0, y / 4.0, press, anomaly);
        luma[y * lumaWidth + x] = (byte) Math.max(0, Math.min(255, Math.round(value)));
      }
    }
    byte[] pooled = new byte[channels];
    for (int i = 0; i < channels; i++) {
      int sum = 0;
      for (int cell = 0; cell < rows * columns; cell++) {
        sum += patches[cell * channels + i];
      }
      pooled[i] = (byte) (4 * sum / (rows * columns));
    }
    FrameStamp stamp = new FrameStamp(START_MICROS + frame * 1_000_000 / FPS, 1, frame, 0, frame);
    frame++;
    return new Observation(
        stamp,
        space,
        1280,
        720,
        rows,
        columns,
        channels,
        patches,
        pooled,
        lumaWidth,
        lumaHeight,
        luma,
        false);
  }

  private void moveBelt() {
    double step = 6.0 / FPS;
    for (double[] part : parts) {
      part[0] += step;
    }
    parts.removeIf(part -> part[0] > columns);
    nextPart -= step;
    if (nextPart <= 0) {
      parts.add(new double[] {-2});
      nextPart = 3 + 2 * random.nextDouble();
    }
  }

  private boolean onPart(double x) {
    for (double[] part : parts) {
      if (x >= part[0] && x < part[0] + 2) {
        return true;
      }
    }
    return false;
  }

  private int lookAt(int row, int column, double press, Anomaly anomaly) {
    if (anomaly == Anomaly.FOREIGN_OBJECT && isForeign(row, column)) {
      return rows * columns + 2;
    }
    if (row == rows / 2 && onPart(column + 0.5)) {
      return rows * columns + (anomaly == Anomaly.WRONG_PARTS ? 2 : 0);
    }
    return column == 1 && row < press ? rows * columns + 1 : row * columns + column;
  }

  private boolean isForeign(int row, int column) {
    return row >= objectRow
        && row <= objectRow + 1
        && column >= objectColumn
        && column <= objectColumn + 2;
  }

  private double brightness(double x, double y, double press, Anomaly anomaly) {
    if (anomaly == Anomaly.FOREIGN_OBJECT && isForeign((int) y, (int) x)) {
      return 60;
    }
    if ((int) y == rows / 2) {
      return onPart(x) ? 180 : 90;
    }
    if ((int) x == 1 && y < press) {
      return 40;
    }
    return 110 + 20 * (((int) (2 * x) + (int) (2 * y) + pattern) % 2);
  }

  private static double clip(double value) {
    return Math.max(-127, Math.min(127, value));
  }

  /** A detector that has seen a normal line until its warm-up ended. */
  CameraDetector warmDetector(DetectorSettings settings) {
    CameraDetector detector = CameraDetector.create("line-1", settings);
    int frames = 0;
    while (detector.observe(next()).warmUpProgress() < 1) {
      if (++frames > 100_000) {
        throw new AssertionError("the warm-up does not end");
      }
    }
    return detector;
  }

  /** Runs frames, anomalous where the predicate says so. */
  List<Verdict> run(CameraDetector detector, int frames, Anomaly anomaly, IntPredicate when) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      verdicts.add(detector.observe(next(when.test(i) ? anomaly : Anomaly.NONE)));
    }
    return verdicts;
  }

  /** The changes of incidents in these verdicts. */
  static List<IncidentChange> incidents(List<Verdict> verdicts) {
    return verdicts.stream().flatMap(verdict -> verdict.incidents().stream()).toList();
  }
}
