package io.andon.bench.simulator;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * Draws the things that are found on a line. Each is centred on a point and fits 84 x 84 pixels.
 */
final class Paint {
  static final Color STEEL = new Color(118, 128, 140);
  static final Color BRASS = new Color(176, 140, 74);
  static final Color ODD = new Color(196, 36, 60);
  static final int PART = 84;

  private Paint() {}

  /** A toothed wheel with a bore. */
  static void wheel(Graphics2D g, double x, double y, double angle, Color colour, boolean broken) {
    AffineTransform kept = place(g, x, y, angle);
    Path2D rim = new Path2D.Double();
    for (int i = 0; i < 48; i++) {
      double r = i % 4 < 2 ? 40 : 33;
      double a = 2 * Math.PI * i / 48;
      if (i == 0) {
        rim.moveTo(r, 0);
      } else {
        rim.lineTo(r * Math.cos(a), r * Math.sin(a));
      }
    }
    rim.closePath();
    Area body = new Area(rim);
    body.subtract(new Area(new Ellipse2D.Double(-11, -11, 22, 22)));
    cut(body, broken);
    fill(g, body, colour);
    if (!broken) {
      g.setColor(colour.darker());
      g.draw(new Ellipse2D.Double(-22, -22, 44, 44));
    }
    g.setTransform(kept);
  }

  /** A bracket with two holes. */
  static void bracket(
      Graphics2D g, double x, double y, double angle, Color colour, boolean broken) {
    AffineTransform kept = place(g, x, y, angle);
    Area body = new Area(new Rectangle2D.Double(-40, -26, 80, 52));
    body.subtract(new Area(new Ellipse2D.Double(-31, -9, 18, 18)));
    body.subtract(new Area(new Ellipse2D.Double(13, -9, 18, 18)));
    cut(body, broken);
    fill(g, body, colour);
    g.setColor(colour.brighter());
    g.fill(new Rectangle2D.Double(-8, -20, 16, 40));
    g.setTransform(kept);
  }

  /** A three-cornered flange with three holes: a part of another line. */
  static void flange(Graphics2D g, double x, double y, double angle) {
    AffineTransform kept = place(g, x, y, angle);
    Path2D corners = new Path2D.Double();
    corners.moveTo(0, -41);
    corners.lineTo(41, 33);
    corners.lineTo(-41, 33);
    corners.closePath();
    Area body = new Area(corners);
    for (int hole = 0; hole < 3; hole++) {
      double a = -Math.PI / 2 + hole * 2 * Math.PI / 3;
      body.subtract(
          new Area(new Ellipse2D.Double(20 * Math.cos(a) - 6, 20 * Math.sin(a) + 4, 12, 12)));
    }
    fill(g, body, ODD);
    g.setTransform(kept);
  }

  /** A spanner that somebody forgot. */
  static void spanner(Graphics2D g, double x, double y, double angle) {
    AffineTransform kept = place(g, x, y, angle);
    Area body = new Area(new Rectangle2D.Double(-46, -7, 92, 14));
    body.add(new Area(new Ellipse2D.Double(34, -19, 38, 38)));
    body.subtract(new Area(new Rectangle2D.Double(54, -8, 24, 16)));
    body.add(new Area(new Ellipse2D.Double(-64, -16, 32, 32)));
    fill(g, body, new Color(208, 196, 60));
    g.setTransform(kept);
  }

  /** A crumpled rag. */
  static void rag(Graphics2D g, double x, double y) {
    AffineTransform kept = place(g, x, y, 0.3);
    Path2D cloth = new Path2D.Double();
    for (int i = 0; i < 18; i++) {
      double r = 30 + 14 * SeededNoise.signed(77, i);
      double a = 2 * Math.PI * i / 18;
      if (i == 0) {
        cloth.moveTo(1.3 * r, 0);
      } else {
        cloth.lineTo(1.3 * r * Math.cos(a), r * Math.sin(a));
      }
    }
    cloth.closePath();
    fill(g, cloth, new Color(64, 92, 168));
    g.setColor(new Color(120, 150, 210));
    g.drawLine(-28, -10, 22, 14);
    g.drawLine(-18, 16, 26, -12);
    g.setTransform(kept);
  }

  /** Darkens a shape softly: alpha 0..1. */
  static void shade(Graphics2D g, java.awt.Shape shape, float alpha) {
    var kept = g.getComposite();
    g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, alpha));
    g.setColor(Color.BLACK);
    g.fill(shape);
    g.setComposite(kept);
  }

  private static AffineTransform place(Graphics2D g, double x, double y, double angle) {
    AffineTransform kept = g.getTransform();
    g.translate(x, y);
    g.rotate(angle);
    return kept;
  }

  private static void cut(Area body, boolean broken) {
    if (broken) {
      Path2D piece = new Path2D.Double();
      piece.moveTo(4, -60);
      piece.lineTo(60, -60);
      piece.lineTo(60, 60);
      piece.lineTo(-14, 60);
      piece.lineTo(8, 0);
      piece.lineTo(-4, -14);
      piece.closePath();
      body.subtract(new Area(piece));
    }
  }

  private static void fill(Graphics2D g, java.awt.Shape body, Color colour) {
    g.setColor(colour);
    g.fill(body);
    g.setColor(colour.darker().darker());
    g.draw(body);
  }
}
