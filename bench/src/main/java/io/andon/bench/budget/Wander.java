package io.andon.bench.budget;

/**
 * Autocorrelated variation of unit variance: a first-order autoregressive process whose steps are
 * three times as large in one of fifty cases, so that its tails are heavier than normal ones.
 */
final class Wander {
  private static final double RARE = 0.02;
  private static final double RARE_SIZE = 3;

  private final Draws draws;
  private final double keep;
  private final double step;
  private double value;

  Wander(Draws draws, double timeConstantSeconds, double frameSeconds) {
    this.draws = draws;
    keep = StrictMath.exp(-frameSeconds / timeConstantSeconds);
    double spread = 1 + RARE * (RARE_SIZE * RARE_SIZE - 1);
    step = Math.sqrt((1 - keep * keep) / spread);
    value = draws.normal();
  }

  double next() {
    double size = draws.uniform() < RARE ? RARE_SIZE : 1;
    value = keep * value + step * size * draws.normal();
    return value;
  }
}
