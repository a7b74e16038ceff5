package io.andon.quickstart.scoreboard;

/**
 * An anomaly that the simulation shows, as its truth file tells it.
 *
 * @param id unique within the run
 * @param camera camera id
 * @param kind what is shown, {@code missing-part}
 * @param startMicros first frame that shows it, microseconds since the epoch
 * @param endMicros last frame that shows it, microseconds since the epoch
 */
public record Injection(String id, String camera, String kind, long startMicros, long endMicros) {}
