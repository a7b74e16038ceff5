package io.andon.bench.simulator;

import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.Random;

/**
 * What varies in every hall and harms nothing: light that drifts over minutes, the shadow of
 * somebody who walks by, and the sensor's noise.
 */
final class Ambience {
  private static final double SHADOW_EVERY_SECONDS = 13;
  private static final double SHADOW_LASTS_SECONDS = 5;
  private static final double DRIFT_SECONDS = 240;
  private static final double DRIFT = 0.04;
  private static final double NOISE_SIGMA = 2.5;
  private static final int SPARE = 1 << 16;

  private final long seed;
  private final byte[] noise;
  private final Random random;

  Ambience(long seed, int pixels) {
    this.seed = seed;
    this.random = new Random(seed);
    this.noise = new byte[pixels * 3 + SPARE];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) Math.round(NOISE_SIGMA * random.nextGaussian());
    }
  }

  /** Draws the passer-by's shadow, if there is one, over the wall and the floor. */
  void drawShadow(Graphics2D g, double now) {
    long visit = (long) Math.floor(now / SHADOW_EVERY_SECONDS);
    double start = 4 * SeededNoise.uniform(seed, visit);
    double t = (now - visit * SHADOW_EVERY_SECONDS - start) / SHADOW_LASTS_SECONDS;
    if (t < 0 || t > 1) {
      return;
    }
    boolean leftwards = SeededNoise.uniform(seed + 1, visit) < 0.5;
    double x = -90 + (Scene.WIDTH + 180) * (leftwards ? 1 - t : t);
    for (int ring = 0; ring < 3; ring++) {
      double spread = 34 + 9 * ring;
      Path2D body = new Path2D.Double();
      body.moveTo(x - spread, Scene.HEIGHT);
      body.lineTo(x - spread * 0.6, Scene.HEIGHT - 76);
      body.lineTo(x + spread * 0.6, Scene.HEIGHT - 76);
      body.lineTo(x + spread, Scene.HEIGHT);
      body.closePath();
      Paint.shade(g, body, 0.07f);
    }
  }

  /** Brightens or darkens the picture by the light's drift and adds the sensor's noise. */
  void finish(byte[] rgb, double now) {
    int gain = (int) Math.round(256 * (1 + DRIFT * Math.sin(2 * Math.PI * now / DRIFT_SECONDS)));
    int from = random.nextInt(SPARE);
    for (int i = 0; i < rgb.length; i++) {
      int value = (((rgb[i] & 255) * gain) >> 8) + noise[from + i];
      rgb[i] = (byte) Math.max(0, Math.min(255, value));
    }
  }
}
