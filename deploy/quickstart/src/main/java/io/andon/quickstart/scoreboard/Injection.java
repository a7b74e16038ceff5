package io.andon.quickstart.scoreboard;

/**
 * An anomaly that the simulation shows, as its truth file tells it.
 *
 * @param id unique within the run
 * @param camera camera id
 * @param kind what is shown, {@code missing-part}
 * @param startMicros first frame that shows it, microseconds since the epoch
 * @param endMicros first frame that no longer shows it, microseconds since the epoch; {@link
 *     #NOT_ENDED} while it lasts
 */
public record Injection(String id, String camera, String kind, long startMicros, long endMicros) {
  /** The end of what still lasts: later than any time, and safe to add to. */
  public static final long NOT_ENDED = Long.MAX_VALUE / 2;
}
