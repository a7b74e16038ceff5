package io.andon.bench.simulator;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rack in a closed cabin, on which nothing moves for most of the time: eight wheels in their
 * places. Every {@value #VISIT_EVERY_SECONDS} seconds or so a gripper comes down for two seconds
 * and leaves another wheel in one of them. What goes wrong is there from one picture to the next,
 * and stands still as well.
 */
final class RackScene implements Scene {
  private static final int ROWS = 2;
  private static final int COLUMNS = 4;
  private static final double VISIT_EVERY_SECONDS = 20;
  private static final double VISIT_LASTS_SECONDS = 2;

  private final long seed;
  private long visit = -1;
  private double visited = VISIT_LASTS_SECONDS;
  private double now;
  private double oddUntil;
  private @Nullable AnomalyKind odd;
  private int oddPlace;
  private int injected;

  RackScene(long seed) {
    this.seed = seed;
  }

  @Override
  public boolean isWalkedPast() {
    return false;
  }

  @Override
  public Set<AnomalyKind> anomalies() {
    return EnumSet.of(
        AnomalyKind.MISSING_PART,
        AnomalyKind.WRONG_COLOUR,
        AnomalyKind.BROKEN_PART,
        AnomalyKind.FOREIGN_OBJECT);
  }

  @Override
  public void inject(AnomalyKind kind, double seconds) {
    odd = kind;
    oddUntil = now + seconds;
    oddPlace = (int) (ROWS * COLUMNS * SeededNoise.uniform(seed + 7, injected++));
  }

  @Override
  public void advance(double at, double elapsed) {
    now = at;
    if (odd != null && now >= oddUntil) {
      odd = null;
    }
    visit = (long) Math.floor(now / VISIT_EVERY_SECONDS);
    double start = (VISIT_EVERY_SECONDS - 4) * SeededNoise.uniform(seed, visit);
    visited = now - visit * VISIT_EVERY_SECONDS - start;
  }

  private boolean isVisited() {
    return visited >= 0 && visited < VISIT_LASTS_SECONDS;
  }

  /** The place that a visit is to. */
  private int placeOf(long which) {
    return (int) (ROWS * COLUMNS * SeededNoise.uniform(seed + 1, which));
  }

  /** The latest visit that left a wheel in a place; each leaves it at another angle. */
  private double angle(int place) {
    long last = visited >= VISIT_LASTS_SECONDS / 2 ? visit : visit - 1;
    while (last >= 0 && placeOf(last) != place) {
      last--;
    }
    return 0.06 * SeededNoise.signed(seed + 2, last * ROWS * COLUMNS + place);
  }

  @Override
  public void drawBackground(Graphics2D g) {
    g.setPaint(
        new GradientPaint(0, 0, new Color(84, 92, 100), WIDTH, HEIGHT, new Color(70, 74, 80)));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    for (int place = 0; place < ROWS * COLUMNS; place++) {
      g.setColor(new Color(112, 116, 118));
      g.fillRect(x(place) - 62, y(place) - 62, 124, 124);
      g.setColor(new Color(60, 64, 70));
      g.drawRect(x(place) - 62, y(place) - 62, 124, 124);
    }
  }

  private static int x(int place) {
    return WIDTH * (2 * (place % COLUMNS) + 1) / (2 * COLUMNS);
  }

  private static int y(int place) {
    return 100 + 160 * (place / COLUMNS);
  }

  @Override
  public void draw(Graphics2D g) {
    for (int place = 0; place < ROWS * COLUMNS; place++) {
      AnomalyKind here = place == oddPlace ? odd : null;
      if (here != AnomalyKind.MISSING_PART) {
        Color colour = here == AnomalyKind.WRONG_COLOUR ? Paint.ODD : Paint.STEEL;
        Paint.wheel(g, x(place), y(place), angle(place), colour, here == AnomalyKind.BROKEN_PART);
      }
      if (here == AnomalyKind.FOREIGN_OBJECT) {
        Paint.spanner(g, x(place), y(place) + 30, 0.2);
      }
    }
    if (isVisited()) {
      drawGripper(g);
    }
  }

  private void drawGripper(Graphics2D g) {
    int place = placeOf(visit);
    double depth = Math.sin(Math.PI * visited / VISIT_LASTS_SECONDS);
    int bottom = (int) Math.round(depth * (y(place) + 48));
    g.setColor(new Color(150, 154, 160));
    g.fillRect(x(place) - 16, 0, 32, Math.max(0, bottom - 60));
    g.setColor(new Color(190, 160, 30));
    g.fillRect(x(place) - 50, bottom - 96, 100, 96);
  }

  @Override
  public Optional<Box> visibleAnomaly() {
    if (odd == null) {
      return Optional.empty();
    }
    // A spanner lies across its wheel, other faults are the wheel's own.
    return Optional.of(
        odd == AnomalyKind.FOREIGN_OBJECT
            ? new Box(x(oddPlace) - 64, y(oddPlace) + 2, 136, 56)
            : new Box(x(oddPlace) - 40, y(oddPlace) - 40, 80, 80));
  }

  @Override
  public boolean busy() {
    return odd != null;
  }
}
