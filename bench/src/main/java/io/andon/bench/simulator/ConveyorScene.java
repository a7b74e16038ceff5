package io.andon.bench.simulator;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parts carried on a belt from left to right, one a place. A place is {@value #PITCH} pixels; a
 * part lies within a few pixels and degrees of its place, and is a wheel or a bracket. Nothing else
 * is normal: no empty place, no other colour, no stop.
 */
final class ConveyorScene implements Scene {
  private static final int PITCH = 112;
  private static final int BELT_TOP = 132;
  private static final int BELT_HEIGHT = 128;
  private static final int PARTS_Y = BELT_TOP + BELT_HEIGHT / 2;
  private static final double SPEED = 107;
  private static final double STOP_SECONDS = 0.4;

  private final long seed;
  private final Map<Long, AnomalyKind> oddParts = new HashMap<>();
  private double position;
  private double speed = SPEED;
  private double stopUntil = Double.NEGATIVE_INFINITY;
  private @Nullable AnomalyKind asked;
  private double askedSeconds;

  ConveyorScene(long seed) {
    this.seed = seed;
  }

  @Override
  public Set<AnomalyKind> anomalies() {
    return EnumSet.of(
        AnomalyKind.MISSING_PART,
        AnomalyKind.WRONG_PART,
        AnomalyKind.FOREIGN_OBJECT,
        AnomalyKind.BROKEN_PART,
        AnomalyKind.STOPPED_BELT);
  }

  @Override
  public void inject(AnomalyKind kind, double seconds) {
    asked = kind;
    askedSeconds = seconds;
  }

  @Override
  public void advance(double now, double elapsed) {
    if (asked == AnomalyKind.STOPPED_BELT) {
      stopUntil = now + askedSeconds;
      asked = null;
    } else if (asked != null) {
      oddParts.put(firstPlace() - 1, asked);
      asked = null;
    }
    double wanted = now < stopUntil ? 0 : SPEED;
    double step = SPEED * elapsed / STOP_SECONDS;
    speed += Math.max(-step, Math.min(step, wanted - speed));
    position += speed * elapsed;
    oddParts.keySet().removeIf(place -> partX(place) > WIDTH + Paint.PART);
  }

  /**
   * The number of the leftmost place that reaches into the picture; new places come in with lower
   * numbers.
   */
  private long firstPlace() {
    return -(long) Math.floor((position + Paint.PART) / PITCH);
  }

  private double partX(long place) {
    return place * PITCH + position + 4 * SeededNoise.signed(seed, place);
  }

  @Override
  public void drawBackground(Graphics2D g) {
    g.setPaint(new GradientPaint(0, 0, new Color(92, 98, 104), 0, HEIGHT, new Color(60, 62, 66)));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setColor(new Color(74, 80, 92));
    for (int x = 24; x < WIDTH; x += 150) {
      g.fillRect(x, 0, 34, BELT_TOP - 16);
      g.fillRect(x + 6, BELT_TOP + BELT_HEIGHT + 16, 22, HEIGHT);
    }
    g.setColor(new Color(150, 122, 40));
    g.fillRect(0, BELT_TOP - 16, WIDTH, 12);
    g.fillRect(0, BELT_TOP + BELT_HEIGHT + 4, WIDTH, 12);
    g.setColor(new Color(40, 120, 70));
    g.fillRect(540, 24, 60, 44);
  }

  @Override
  public void draw(Graphics2D g) {
    g.setColor(new Color(46, 48, 50));
    g.fillRect(0, BELT_TOP, WIDTH, BELT_HEIGHT);
    g.setColor(new Color(64, 66, 70));
    int ribs = 28;
    for (double x = position % ribs - ribs; x < WIDTH; x += ribs) {
      g.fillRect((int) Math.round(x), BELT_TOP, 6, BELT_HEIGHT);
    }
    for (long place = firstPlace(); partX(place) < WIDTH + Paint.PART; place++) {
      drawPart(g, place);
    }
    drawRollers(g);
  }

  private void drawPart(Graphics2D g, long place) {
    AnomalyKind odd = oddParts.get(place);
    if (odd == AnomalyKind.MISSING_PART) {
      return;
    }
    double x = partX(place);
    double y = PARTS_Y + 4 * SeededNoise.signed(seed + 1, place);
    boolean broken = odd == AnomalyKind.BROKEN_PART;
    double angle = 0.07 * SeededNoise.signed(seed + 2, place) + (broken ? 0.6 : 0);
    boolean wheel = SeededNoise.uniform(seed + 3, place) < 0.5;
    if (odd == AnomalyKind.WRONG_PART) {
      Paint.flange(g, x, y, angle);
    } else if (wheel) {
      Paint.wheel(g, x, y, angle, Paint.STEEL, broken);
    } else {
      Paint.bracket(g, x, y, angle, Paint.BRASS, broken);
    }
    if (odd == AnomalyKind.FOREIGN_OBJECT) {
      Paint.spanner(g, x + PITCH / 2.0, y - 6, 1.1);
    }
  }

  private void drawRollers(Graphics2D g) {
    for (int x = 40; x < WIDTH; x += 140) {
      int y = BELT_TOP + BELT_HEIGHT + 26;
      g.setColor(new Color(130, 132, 136));
      g.fill(new Ellipse2D.Double(x - 14, y - 14, 28, 28));
      g.setColor(new Color(50, 52, 56));
      double a = position / 14;
      for (int spoke = 0; spoke < 3; spoke++) {
        double b = a + spoke * Math.PI / 3;
        int dx = (int) Math.round(13 * Math.cos(b));
        int dy = (int) Math.round(13 * Math.sin(b));
        g.drawLine(x - dx, y - dy, x + dx, y + dy);
      }
    }
  }

  @Override
  public Optional<Box> visibleAnomaly() {
    if (speed < SPEED / 2) {
      return Optional.of(new Box(0, BELT_TOP, WIDTH, BELT_HEIGHT));
    }
    for (Map.Entry<Long, AnomalyKind> odd : oddParts.entrySet()) {
      double offset = odd.getValue() == AnomalyKind.FOREIGN_OBJECT ? PITCH / 2.0 : 0;
      double x = partX(odd.getKey()) + offset;
      if (x > 0 && x < WIDTH) {
        int left = (int) Math.max(0, x - Paint.PART / 2.0);
        int right = (int) Math.min(WIDTH, x + Paint.PART / 2.0);
        return Optional.of(
            new Box(left, PARTS_Y - Paint.PART / 2, Math.max(1, right - left), Paint.PART));
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean busy() {
    return asked != null || !oddParts.isEmpty() || speed < SPEED;
  }
}
