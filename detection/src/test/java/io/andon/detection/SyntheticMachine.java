package io.andon.detection;

import java.util.Random;

/**
 * A made-up station of four cylinders that press one after the other, from left to right. Each
 * stroke, and so each picture, is normal by itself; only their order and their time can be wrong.
 * Seeded: the same seed gives the same frames.
 */
final class SyntheticMachine {
  static final double STEP_SECONDS = 2;
  static final double CYCLE_SECONDS = 4 * STEP_SECONDS;

  private static final int CYLINDERS = 4;
  private static final int ROWS = 4;
  private static final int COLUMNS = 8;
  private static final int CHANNELS = 4;
  private static final int LUMA_WIDTH = 24;
  private static final int LUMA_HEIGHT = 16;

  private final Random random;
  private final int fps;
  private final double jitter;
  private long frame;
  private int cylinder;
  private double phase;
  private double stepSeconds = STEP_SECONDS;
  private double slower;
  private boolean stopped;
  private boolean inDisorder;
  private int jump;

  /**
   * A station.
   *
   * @param jitter each step is at most this share longer or shorter
   */
  SyntheticMachine(long seed, int fps, double jitter) {
    random = new Random(seed);
    this.fps = fps;
    this.jitter = jitter;
  }

  /** The step that comes next is left out. */
  void skipOne() {
    jump = 1;
  }

  /** The step in progress is done once more. */
  void repeatOne() {
    jump = -1;
  }

  void stop(boolean value) {
    stopped = value;
  }

  /** Cycles take this share longer. */
  void slowDownBy(double share) {
    slower = share;
  }

  /** Any cylinder may come next. */
  void loseOrder() {
    inDisorder = true;
  }

  double seconds() {
    return (double) frame / fps;
  }

  Observation next() {
    if (!stopped) {
      phase += 1.0 / fps / stepSeconds;
    }
    if (phase >= 1) {
      phase -= 1;
      cylinder = (cylinder + 1 + jump + CYLINDERS) % CYLINDERS;
      cylinder = inDisorder ? random.nextInt(CYLINDERS) : cylinder;
      jump = 0;
      stepSeconds = STEP_SECONDS * (1 + slower) * (1 + jitter * (2 * random.nextDouble() - 1));
    }
    return picture(Math.sin(Math.PI * phase));
  }

  private Observation picture(double depth) {
    byte[] luma = new byte[LUMA_WIDTH * LUMA_HEIGHT];
    for (int y = 0; y < LUMA_HEIGHT; y++) {
      for (int x = 0; x < LUMA_WIDTH; x++) {
        boolean down = x / (LUMA_WIDTH / CYLINDERS) == cylinder && y >= 2 && y < 2 + 10 * depth;
        luma[y * LUMA_WIDTH + x] = (byte) Math.round((down ? 170 : 90) + random.nextGaussian());
      }
    }
    byte[] patches = new byte[ROWS * COLUMNS * CHANNELS];
    byte[] pooled = new byte[CHANNELS];
    for (int i = 0; i < patches.length; i++) {
      int column = i / CHANNELS % COLUMNS;
      boolean moves = column / (COLUMNS / CYLINDERS) == cylinder;
      double look = 20 * (i % CHANNELS) - 30 + (moves ? 40 * depth : 0);
      patches[i] = (byte) Math.round(look + 2 * random.nextGaussian());
      pooled[i % CHANNELS] = (byte) Math.round(look + random.nextGaussian());
    }
    long micros = SyntheticLine.START_MICROS + frame * 1_000_000 / fps;
    FrameStamp stamp = new FrameStamp(micros, 1, frame, 0, frame);
    frame++;
    return new Observation(
        stamp,
        "model@1/fp32/jpeg",
        640,
        360,
        ROWS,
        COLUMNS,
        CHANNELS,
        patches,
        pooled,
        LUMA_WIDTH,
        LUMA_HEIGHT,
        luma,
        false);
  }
}
