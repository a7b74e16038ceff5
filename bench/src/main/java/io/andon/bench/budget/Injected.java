package io.andon.bench.budget;

/**
 * An anomaly that the simulator shows.
 *
 * @param kind what goes wrong
 * @param startSeconds from the start of the run
 * @param endSeconds end, exclusive
 * @param sigmas how far each of its cells is moved, in standard deviations of the normal variation
 *     of a cell's feature vector (length of the shift over the root mean square length of the
 *     variation); for a stop, 0
 * @param visible whether a person would see it at a glance: {@link #VISIBLE_SIGMAS} or more on
 *     average over four cells (a strange part covers two), or a belt that stands still
 */
record Injected(Kind kind, double startSeconds, double endSeconds, double sigmas, boolean visible) {
  static final double VISIBLE_SIGMAS = 7.5;

  enum Kind {
    /** Something strange lies still. */
    APPEARANCE,
    /** Something strange moves through. */
    MOVING,
    /** Belt and machine stand still. */
    STOPPED,
    /** Parts of a look that is in no known set. */
    WRONG_PRODUCT
  }

  static Injected of(Kind kind, double start, double seconds, double sigmas) {
    double seen =
        switch (kind) {
          case APPEARANCE, MOVING -> sigmas;
          case WRONG_PRODUCT -> sigmas * Math.sqrt(0.5);
          case STOPPED -> Double.POSITIVE_INFINITY;
        };
    double shift = kind == Kind.STOPPED ? 0 : sigmas;
    return new Injected(kind, start, start + seconds, shift, seen >= VISIBLE_SIGMAS);
  }

  boolean isOn(double seconds) {
    return seconds >= startSeconds && seconds < endSeconds;
  }
}
