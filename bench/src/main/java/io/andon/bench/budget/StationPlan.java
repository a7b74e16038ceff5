package io.andon.bench.budget;

import java.util.ArrayList;
import java.util.List;

/**
 * What happens at one simulated station over a run, drawn from a seed: shifts and breaks, product
 * changes, bursts of vibration, passing shadows, and the anomalies that are injected.
 *
 * @param fps frames a second
 * @param startHour hour of the day at which the run begins, 0..24
 * @param spans everything that disturbs for a while, in the order of time
 * @param injected anomalies, in the order of time
 */
record StationPlan(
    long seed, int fps, double startHour, List<Span> spans, List<Injected> injected) {
  static final int PRODUCTS = 3;
  static final int OPERATORS = 4;
  private static final double HOUR = 3_600;
  private static final double[] SHIFT_HOURS = {6, 14, 22};
  private static final double STOPS = 0.13;
  private static final double MIN_APART = 180;
  private static final double FIRST_INJECTION = 300;

  /** What disturbs. */
  enum Cause {
    /** {@link Span#amount} is the number of the operator who takes over. */
    SHIFT,
    /** The operator is away. */
    BREAK,
    /** {@link Span#amount} is the number of the product. */
    PRODUCT,
    VIBRATION,
    SHADOW
  }

  /** One disturbance. */
  record Span(Cause cause, double startSeconds, double endSeconds, double amount) {}

  static StationPlan draw(long seed, double hours) {
    Draws draws = Draws.of(seed, 1);
    int fps = 4;
    double startHour = draws.between(0, 24);
    double end = hours * HOUR;
    List<Span> spans = new ArrayList<>();
    shifts(draws, startHour, end, spans);
    products(draws, end, spans);
    bursts(draws, Cause.VIBRATION, draws.between(1, 6), 1, 8, end, spans);
    bursts(draws, Cause.SHADOW, draws.between(1, 8), 3, 10, end, spans);
    spans.sort((a, b) -> Double.compare(a.startSeconds, b.startSeconds));
    return new StationPlan(
        seed, fps, startHour, List.copyOf(spans), injections(Draws.of(seed, 3), end));
  }

  private static void shifts(Draws draws, double startHour, double end, List<Span> spans) {
    spans.add(new Span(Cause.SHIFT, 0, 0, draws.below(OPERATORS)));
    for (int day = 0; day * 24 - startHour < end / HOUR; day++) {
      for (double hour : SHIFT_HOURS) {
        double change = (day * 24 + hour - startHour) * HOUR + draws.between(-300, 300);
        spans.add(new Span(Cause.SHIFT, change, change, draws.below(OPERATORS)));
        for (double pause : new double[] {2, 4.5}) {
          double start = change + pause * HOUR + draws.between(-900, 900);
          spans.add(new Span(Cause.BREAK, start, start + draws.between(600, 1_500), 0));
        }
      }
    }
    spans.removeIf(span -> span.startSeconds < 0 || span.startSeconds >= end);
  }

  private static void products(Draws draws, double end, List<Span> spans) {
    int product = draws.below(PRODUCTS);
    double at = 0;
    while (at < end) {
      spans.add(new Span(Cause.PRODUCT, at, at, product));
      at += HOUR * draws.between(1, 5);
      product = (product + 1 + draws.below(PRODUCTS - 1)) % PRODUCTS;
    }
  }

  private static void bursts(
      Draws draws,
      Cause cause,
      double perHour,
      double shortest,
      double longest,
      double end,
      List<Span> spans) {
    double at = draws.exponential(HOUR / perHour);
    while (at < end) {
      double seconds = draws.between(shortest, longest);
      spans.add(new Span(cause, at, at + seconds, StrictMath.exp(0.35 * draws.normal())));
      at += seconds + draws.exponential(HOUR / perHour);
    }
  }

  private static List<Injected> injections(Draws draws, double end) {
    List<Injected> injected = new ArrayList<>();
    double at = FIRST_INJECTION + draws.exponential(HOUR / 2);
    while (at + 40 < end) {
      Injected.Kind kind = kind(draws.uniform());
      double sigmas = StrictMath.exp(draws.between(StrictMath.log(2), StrictMath.log(20)));
      injected.add(Injected.of(kind, at, draws.between(8, 25), sigmas));
      at += MIN_APART + draws.exponential(HOUR);
    }
    return List.copyOf(injected);
  }

  /** Stops are always visible and the others are not, so that stops are drawn less often. */
  private static Injected.Kind kind(double uniform) {
    if (uniform < STOPS) {
      return Injected.Kind.STOPPED;
    }
    double third = 3 * (uniform - STOPS) / (1 - STOPS);
    if (third < 1) {
      return Injected.Kind.APPEARANCE;
    }
    return third < 2 ? Injected.Kind.MOVING : Injected.Kind.WRONG_PRODUCT;
  }
}
