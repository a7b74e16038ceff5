package io.andon.bench.budget;

/**
 * Who works at a simulated station: stands in postures that vary at three time scales, moves a
 * little, and leaves for errands and breaks. Every shift brings another one.
 */
final class StationOperator {
  private static final int ROWS = 1;
  private static final int COLUMNS = 2;
  private static final int CHANNELS = StationCanvas.CHANNELS;
  private static final double FADE_SECONDS = 2;

  private final Draws draws;
  private final double frameSeconds;
  private final float[][][] postures;
  private final Wander[] posture;
  private final int column;
  private int operator;
  private double presence = 1;
  private double wanted = 1;
  private double movedAt = Double.NEGATIVE_INFINITY;
  private double errandUntil;
  private double nextErrand;

  /**
   * @param postures of each operator four components, the first of which is the mean
   * @param posture weights of the other three
   * @param column left column of the two where the operator stands
   * @param nextErrand seconds from the start
   */
  StationOperator(
      Draws draws,
      double frameSeconds,
      float[][][] postures,
      Wander[] posture,
      int column,
      double nextErrand) {
    this.draws = draws;
    this.frameSeconds = frameSeconds;
    this.postures = postures;
    this.posture = posture;
    this.column = column;
    this.nextErrand = nextErrand;
  }

  /** Draws the postures of all operators: operator, component, cell of the region and channel. */
  static float[][][] postures(Draws draws) {
    float[][][] all = new float[StationPlan.OPERATORS][4][];
    double common = draws.between(4, 10);
    for (float[][] components : all) {
      for (int i = 0; i < components.length; i++) {
        components[i] =
            draws.direction(COLUMNS * ROWS * CHANNELS, Math.sqrt((double) COLUMNS * ROWS) * common);
      }
    }
    return all;
  }

  /** Another one takes over. */
  void relieve(int number) {
    operator = number;
  }

  /** Whether the operator left or came back within the minute before. */
  boolean moved(double seconds) {
    return seconds - movedAt <= 60;
  }

  /** Comes, goes or stays. */
  void move(double now, boolean onBreak) {
    boolean away = onBreak || now < errandUntil;
    if (now >= nextErrand) {
      errandUntil = now + draws.between(5, 60);
      nextErrand = errandUntil + draws.exponential(900);
    }
    double towards = away ? 0 : 1;
    if (towards != wanted) {
      wanted = towards;
      movedAt = now;
    }
    presence += (towards - presence) * Math.min(1, frameSeconds / FADE_SECONDS);
  }

  void appear(StationCanvas canvas) {
    float[][] components = postures[operator];
    double[] weights = {1, posture[0].next(), posture[1].next(), posture[2].next()};
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        int cell = r * StationCanvas.COLUMNS + column + c;
        int from = (r * COLUMNS + c) * CHANNELS;
        for (int i = 0; i < CHANNELS; i++) {
          double shift = 0;
          for (int k = 0; k < weights.length; k++) {
            shift += weights[k] * components[k][from + i];
          }
          canvas.values[cell * CHANNELS + i] += (float) (presence * shift / 2);
        }
        // A step of brightness that follows the quick component.
        canvas.lighten(cell, presence * 6 * (weights[1] + 0.5 * weights[2]) * (r + c) % 3);
      }
    }
  }
}
