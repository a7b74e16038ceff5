package io.andon.bench.budget;

import io.andon.bench.budget.StationPlan.Cause;
import io.andon.bench.budget.StationPlan.Span;
import io.andon.detection.FrameStamp;
import io.andon.detection.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The feature stream of one camera over a station, made up frame by frame: a machine with a
 * jittering cycle, parts on a belt, an operator who moves about, variation at the scales of a
 * second, half a minute and ten minutes, light over the day, dirt until the next cleaning, and what
 * the plan says. Every camera has other parameters. The same seed gives the same stream.
 */
final class SimulatedStation {
  static final long START_MICROS = 1_700_000_000_000_000L;
  private static final int ROWS = StationCanvas.ROWS;
  private static final int COLUMNS = StationCanvas.COLUMNS;
  private static final int CHANNELS = StationCanvas.CHANNELS;
  private static final int CELLS = StationCanvas.CELLS;
  private static final int LUMA_WIDTH = StationCanvas.LUMA_WIDTH;
  private static final int LUMA_HEIGHT = StationCanvas.LUMA_HEIGHT;
  private static final int UPPER_ROWS = 1;
  private static final double LOOK_LENGTH = 70;
  private static final double CLEANING_HOURS = 8;
  private static final double SHADOW_WIDTH = 3;
  private static final double STILL_SECONDS = 1;

  private final StationPlan plan;
  private final Draws draws;
  private final double frameSeconds;
  private final Iterator<Span> upcoming;
  private final List<Span> active = new ArrayList<>();
  private final Iterator<Injected> upcomingInjected;
  private @Nullable Span peekSpan;
  private @Nullable Injected peekInjected;
  private @Nullable Injected injected;
  private double presentSince = Double.POSITIVE_INFINITY;
  private double shownSince = Double.POSITIVE_INFINITY;
  private float[] strange = new float[CHANNELS];
  private int strangeRow;
  private int strangeColumn;

  // What the camera sees where nothing happens, and along which directions that varies.
  private final float[][] background = new float[CELLS][];
  private final float[][] light = new float[CELLS][];
  private final float[][] slow = new float[CELLS][];
  private final float[][] middle = new float[CELLS][];
  private final float[][] quick = new float[CELLS][];
  private final float[][] shaking = new float[CELLS][];
  private final float[][] shade = new float[CELLS][];
  private final float[][] dirt = new float[CELLS][];
  private final float[] machineLook;
  private final float[][] products = new float[StationPlan.PRODUCTS][];
  private final int[] texture = new int[LUMA_WIDTH * LUMA_HEIGHT];
  private final double noise;
  private final double sigmaLength;

  private final Wander slowWander;
  private final Wander middleWander;
  private final Wander quickWander;
  private final Wander lightWander;
  private final Wander loudness;
  private final double lightSwing;
  private final double dirtLength;
  private final double cyclePeriod;
  private final double cycleJitter;
  private final int machineColumn;
  private final StationBelt belt;
  private final StationOperator operator;

  private double phase;
  private double period;
  private int product;
  private long frame;
  private final float[] noises = new float[CELLS * CHANNELS];
  private final float[] lumaNoises = new float[LUMA_WIDTH * LUMA_HEIGHT];
  private final StationCanvas canvas = new StationCanvas();

  SimulatedStation(StationPlan plan) {
    this.plan = plan;
    draws = Draws.of(plan.seed(), 2);
    frameSeconds = 1.0 / plan.fps();
    upcoming = plan.spans().iterator();
    upcomingInjected = plan.injected().iterator();
    noise = draws.between(2, 4);
    double[] lengths = {
      draws.between(2, 6), draws.between(2, 6), draws.between(3, 9), draws.between(3, 8)
    };
    for (int cell = 0; cell < CELLS; cell++) {
      background[cell] = draws.direction(CHANNELS, LOOK_LENGTH);
      light[cell] = draws.direction(CHANNELS, lengths[0]);
      slow[cell] = draws.direction(CHANNELS, lengths[1]);
      middle[cell] = draws.direction(CHANNELS, lengths[2]);
      quick[cell] = draws.direction(CHANNELS, lengths[3]);
      shaking[cell] = draws.direction(CHANNELS, 1);
      shade[cell] = draws.direction(CHANNELS, 1);
      dirt[cell] = new float[CHANNELS];
    }
    sigmaLength =
        Math.sqrt(
            CHANNELS * noise * noise + Arrays.stream(lengths).map(length -> length * length).sum());
    machineLook = draws.direction(CHANNELS, LOOK_LENGTH);
    for (int i = 0; i < products.length; i++) {
      products[i] = draws.direction(CHANNELS, LOOK_LENGTH);
    }
    double partVariation = draws.between(2, 5);
    float[][][] postures = StationOperator.postures(draws);
    for (int i = 0; i < texture.length; i++) {
      int checker = (i % LUMA_WIDTH / 2 + i / LUMA_WIDTH / 2) % 2;
      texture[i] = 100 + 24 * checker + draws.below(12);
    }
    slowWander = new Wander(draws, 600, frameSeconds);
    middleWander = new Wander(draws, 30, frameSeconds);
    quickWander = new Wander(draws, 1, frameSeconds);
    lightWander = new Wander(draws, 300, frameSeconds);
    loudness = new Wander(draws, 2, frameSeconds);
    Wander[] posture =
        new Wander[] {
          new Wander(draws, 1.5, frameSeconds),
          new Wander(draws, 8, frameSeconds),
          new Wander(draws, 60, frameSeconds)
        };
    lightSwing = draws.between(0.5, 2.5);
    dirtLength = draws.between(3, 12);
    cyclePeriod = draws.between(2, 7);
    cycleJitter = draws.between(0.01, 0.05);
    belt = new StationBelt(draws, partVariation, draws.between(0.8, 2));
    machineColumn = draws.below(2);
    int operatorColumn = 2 + draws.below(2);
    period = cyclePeriod;
    double firstErrand = draws.exponential(600);
    operator =
        new StationOperator(draws, frameSeconds, postures, posture, operatorColumn, firstErrand);
    placeDirt();
  }

  private void placeDirt() {
    int top = draws.below(ROWS - 1);
    int left = draws.below(COLUMNS - 1);
    for (int r = top; r < top + 2; r++) {
      for (int c = left; c < left + 2; c++) {
        dirt[r * COLUMNS + c] = draws.direction(CHANNELS, dirtLength);
      }
    }
  }

  /** Time of a frame, seconds from the start. */
  static double secondsOf(FrameStamp stamp) {
    return (stamp.capturedMicros() - START_MICROS) / 1e6;
  }

  /** Time of the next frame, seconds from the start. */
  double seconds() {
    return frame * frameSeconds;
  }

  /** The anomaly that the latest frame shows, if any. */
  @Nullable Injected injected() {
    return injected;
  }

  /**
   * Since when anything of the latest anomaly is in the picture, seconds: infinite until a strange
   * part comes, for others the start. No frame before it says anything of the anomaly.
   */
  double presentSince() {
    return presentSince;
  }

  /**
   * Since when the latest anomaly can be seen, seconds: a strange part once half of it has come
   * into the picture, a stop once nothing has moved for a second, others from their first frame.
   */
  double shownSince() {
    return shownSince;
  }

  /** Number of the product that runs. */
  int product() {
    return product;
  }

  /** Whether the operator left or came back within the minute before. */
  boolean operatorMoved(double seconds) {
    return operator.moved(seconds);
  }

  /** The next frame. */
  Observation next() {
    double now = seconds();
    follow(now);
    move(now);
    fill(now);
    long micros = START_MICROS + Math.round(frame * frameSeconds * 1e6);
    Observation observation = canvas.observation(micros, frame);
    frame++;
    return observation;
  }

  private void follow(double now) {
    active.removeIf(span -> span.endSeconds() <= now);
    while (peekSpan != null || upcoming.hasNext()) {
      Span span = peekSpan != null ? peekSpan : upcoming.next();
      peekSpan = null;
      if (span.startSeconds() > now) {
        peekSpan = span;
        break;
      }
      begin(span);
    }
    if (injected != null && !injected.isOn(now)) {
      injected = null;
    }
    if (injected == null) {
      if (peekInjected == null && upcomingInjected.hasNext()) {
        peekInjected = upcomingInjected.next();
      }
      if (peekInjected != null && peekInjected.isOn(now)) {
        injected = peekInjected;
        peekInjected = null;
        shownSince =
            switch (injected.kind()) {
              case APPEARANCE, MOVING -> now;
              case STOPPED -> now + STILL_SECONDS;
              case WRONG_PRODUCT -> Double.POSITIVE_INFINITY;
            };
        presentSince =
            injected.kind() == Injected.Kind.WRONG_PRODUCT ? Double.POSITIVE_INFINITY : now;
        strange = draws.direction(CHANNELS, injected.sigmas() * sigmaLength);
        strangeRow = draws.below(ROWS - 1);
        strangeColumn = draws.below(COLUMNS - 2);
      }
    }
  }

  private void begin(Span span) {
    switch (span.cause()) {
      case SHIFT -> operator.relieve((int) span.amount());
      case PRODUCT -> product = (int) span.amount();
      default -> active.add(span);
    }
  }

  private boolean stopped() {
    return injected != null && injected.kind() == Injected.Kind.STOPPED;
  }

  private void move(double now) {
    boolean onBreak = false;
    for (Span span : active) {
      onBreak |= span.cause() == Cause.BREAK;
    }
    operator.move(now, onBreak);
    if (stopped()) {
      return;
    }
    phase += frameSeconds / period;
    if (phase >= 1) {
      phase -= 1;
      period = cyclePeriod * StrictMath.exp(cycleJitter * draws.normal());
    }
    double strangeShare = belt.move(frameSeconds);
    if (strangeShare > 0) {
      presentSince = Math.min(presentSince, now);
    }
    if (strangeShare >= 0.5) {
      shownSince = Math.min(shownSince, now);
    }
    if (belt.wantsPart()) {
      boolean wrong = injected != null && injected.kind() == Injected.Kind.WRONG_PRODUCT;
      belt.feed(products[product], product, strange, wrong);
    }
  }

  private void fill(double now) {
    draws.normals(noises);
    draws.normals(lumaNoises);
    double loud = noise * StrictMath.exp(0.25 * loudness.next() - 0.03);
    double l = lightAt(now);
    double s = slowWander.next();
    double m = middleWander.next();
    double q = quickWander.next();
    double soiled = dirtAt(now);
    double shake = shake();
    for (int cell = 0; cell < CELLS; cell++) {
      int at = cell * CHANNELS;
      for (int i = 0; i < CHANNELS; i++) {
        canvas.values[at + i] =
            (float)
                (background[cell][i]
                    + l * light[cell][i]
                    + s * slow[cell][i]
                    + m * middle[cell][i]
                    + q * quick[cell][i]
                    + soiled * dirt[cell][i]
                    + shake * shaking[cell][i]
                    + loud * noises[at + i]);
      }
    }
    for (int i = 0; i < canvas.brightness.length; i++) {
      int right = i % LUMA_WIDTH == LUMA_WIDTH - 1 ? i : i + 1;
      canvas.brightness[i] =
          texture[i]
              + 4 * l
              + lumaNoises[i]
              + 0.02 * shake * (texture[right] - texture[i])
              + 2 * soiled * dirt[StationCanvas.cellOf(i)][0] / dirtLength;
    }
    operator.appear(canvas);
    addMachine();
    belt.appear(canvas, background);
    addShadows(now);
    addStrange(now);
  }

  private double lightAt(double now) {
    double hour = plan.startHour() + now / 3_600;
    return lightSwing * StrictMath.sin(2 * Math.PI * hour / 24) + 0.5 * lightWander.next();
  }

  /** Grows until the station is cleaned, once a shift. */
  private double dirtAt(double now) {
    double hour = plan.startHour() + now / 3_600;
    return (hour % CLEANING_HOURS) / CLEANING_HOURS;
  }

  private double shake() {
    double amplitude = 0;
    for (Span span : active) {
      amplitude += span.cause() == Cause.VIBRATION ? 4 * span.amount() : 0;
    }
    return amplitude == 0 ? 0 : amplitude * draws.normal();
  }

  private void addMachine() {
    double reach = UPPER_ROWS * 0.5 * (1 - StrictMath.cos(2 * Math.PI * phase));
    for (int r = 0; r < UPPER_ROWS; r++) {
      double covered = StationCanvas.clip(reach - r, 0, 1);
      canvas.mix(
          r * COLUMNS + machineColumn,
          machineLook,
          background[r * COLUMNS + machineColumn],
          covered);
      canvas.lightenRows(r, machineColumn, reach, -45);
    }
  }

  private void addShadows(double now) {
    for (Span span : active) {
      if (span.cause() != Cause.SHADOW) {
        continue;
      }
      double done = (now - span.startSeconds()) / (span.endSeconds() - span.startSeconds());
      double middleX = -SHADOW_WIDTH + done * (COLUMNS + 2 * SHADOW_WIDTH);
      for (int cell = 0; cell < CELLS; cell++) {
        double away = cell % COLUMNS - middleX;
        double weight = span.amount() * Math.max(0, 1 - Math.abs(away) / SHADOW_WIDTH);
        if (weight > 0) {
          canvas.shift(cell, shade[cell], 8 * weight);
          canvas.lighten(cell, -8 * weight);
        }
      }
    }
  }

  private void addStrange(double now) {
    Injected anomaly = injected;
    if (anomaly == null) {
      return;
    }
    if (anomaly.kind() == Injected.Kind.APPEARANCE) {
      cover(strangeColumn, 2, 12);
    } else if (anomaly.kind() == Injected.Kind.MOVING) {
      double travelled = 1.5 * (now - anomaly.startSeconds());
      double span = COLUMNS - 3.0;
      double there = (strangeColumn + travelled) % (2 * span);
      cover(there <= span ? there : 2 * span - there, 3, 30);
    }
  }

  private void cover(double left, double width, double contrast) {
    for (int c = 0; c < COLUMNS; c++) {
      double covered = StationCanvas.overlap(left, left + width, c, c + 1.0);
      for (int r = strangeRow; covered > 0 && r < strangeRow + 2; r++) {
        canvas.shift(r * COLUMNS + c, strange, covered);
        canvas.lightenColumns(r, c, left, left + width, contrast);
      }
    }
  }
}
