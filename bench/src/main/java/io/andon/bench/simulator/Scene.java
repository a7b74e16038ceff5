package io.andon.bench.simulator;

import java.awt.Graphics2D;
import java.util.Optional;
import java.util.Set;

/**
 * A station of a line that moves on in time and can be drawn. What is visible is told by the scene
 * itself, picture by picture, so that the truth is what the picture shows.
 */
interface Scene {
  int WIDTH = 640;
  int HEIGHT = 360;

  /** Whether people walk past it, whose shadows fall on it. */
  default boolean isWalkedPast() {
    return true;
  }

  /** The anomalies that this station can show. */
  Set<AnomalyKind> anomalies();

  /** Asks for an anomaly; it becomes visible when the line brings it about. One at a time. */
  void inject(AnomalyKind kind, double seconds);

  /**
   * Moves the line on.
   *
   * @param now seconds since the simulation's start
   * @param elapsed seconds since the step before, 0 or more
   */
  void advance(double now, double elapsed);

  /** Draws what stands still; called once. */
  void drawBackground(Graphics2D g);

  /** Draws what moves, on top of the background. */
  void draw(Graphics2D g);

  /** Where an anomaly can be seen in the picture that was last drawn. */
  Optional<Box> visibleAnomaly();

  /** Whether an anomaly was asked for and is not over yet. */
  boolean busy();
}
