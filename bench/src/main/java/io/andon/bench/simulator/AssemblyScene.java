package io.andon.bench.simulator;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An assembly station with {@value #CYLINDERS} cylinders that press one after the other, from left
 * to right, each for {@value #STEP_SECONDS} seconds. Between two strokes all of them are up. What
 * goes wrong here is in the order alone: every picture, and every stroke, is one that is normal.
 */
final class AssemblyScene implements Scene {
  private static final int CYLINDERS = 4;
  private static final double STEP_SECONDS = 2.5;
  private static final int TABLE_Y = 262;

  private final long seed;
  private final double jitter;
  private long step;
  private int cylinder;
  private double phase;
  private boolean odd;
  private @Nullable AnomalyKind asked;

  /**
   * A station.
   *
   * @param jitter strokes are at most this share longer or shorter, 0..0.2
   */
  AssemblyScene(long seed, double jitter) {
    this.seed = seed;
    this.jitter = jitter;
  }

  @Override
  public Set<AnomalyKind> anomalies() {
    return EnumSet.of(AnomalyKind.DOUBLE_CYCLE, AnomalyKind.SKIPPED_STEP);
  }

  @Override
  public void inject(AnomalyKind kind, double seconds) {
    asked = kind;
  }

  @Override
  public void advance(double now, double elapsed) {
    phase += elapsed / (STEP_SECONDS * (1 + jitter * SeededNoise.signed(seed, step)));
    if (phase < 1) {
      return;
    }
    phase -= 1;
    step++;
    odd = false;
    if (asked == AnomalyKind.DOUBLE_CYCLE && cylinder == 1) {
      odd = true;
      asked = null;
      return;
    }
    cylinder = (cylinder + 1) % CYLINDERS;
    if (asked == AnomalyKind.SKIPPED_STEP && cylinder == 2) {
      odd = true;
      asked = null;
      cylinder++;
    }
  }

  @Override
  public void drawBackground(Graphics2D g) {
    g.setPaint(
        new GradientPaint(0, 0, new Color(92, 100, 108), WIDTH, HEIGHT, new Color(66, 70, 74)));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setColor(new Color(58, 66, 80));
    g.fillRect(30, 30, WIDTH - 60, 40);
    g.setColor(new Color(128, 130, 126));
    g.fillRect(0, TABLE_Y, WIDTH, 24);
    for (int i = 0; i < CYLINDERS; i++) {
      g.setColor(new Color(86, 92, 98));
      g.fillRect(x(i) - 46, TABLE_Y - 34, 92, 34);
    }
  }

  private static int x(int cylinder) {
    return WIDTH * (2 * cylinder + 1) / (2 * CYLINDERS);
  }

  /** 0 is up, 1 is down; the last fifth of a step all of them are up. */
  private double depth() {
    double t = phase / 0.8;
    return t >= 1 ? 0 : Math.sin(Math.PI * t);
  }

  @Override
  public void draw(Graphics2D g) {
    for (int i = 0; i < CYLINDERS; i++) {
      int bottom = 120 + (int) Math.round(108 * (i == cylinder ? depth() : 0));
      g.setColor(new Color(164, 168, 172));
      g.fillRect(x(i) - 14, 70, 28, bottom - 36 - 70);
      g.setColor(new Color(118, 122, 128));
      g.fillRect(x(i) - 44, bottom - 36, 88, 36);
      g.setColor(new Color(190, 160, 30));
      g.fillRect(x(i) - 44, bottom - 8, 88, 8);
    }
  }

  @Override
  public Optional<Box> visibleAnomaly() {
    return odd ? Optional.of(new Box(x(cylinder) - 46, 70, 92, TABLE_Y - 70)) : Optional.empty();
  }

  @Override
  public boolean busy() {
    return asked != null || odd;
  }
}
