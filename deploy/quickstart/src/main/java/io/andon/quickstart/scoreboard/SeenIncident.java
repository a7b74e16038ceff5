package io.andon.quickstart.scoreboard;

/**
 * An incident as far as its events tell it.
 *
 * @param id incident id
 * @param camera camera id
 * @param firstMicros capture time of its first frame, microseconds since the epoch
 * @param openedMicros capture time of the frame that opened it
 * @param lastMicros capture time of the newest frame it is known to last to
 * @param open false once it was closed
 */
public record SeenIncident(
    String id, String camera, long firstMicros, long openedMicros, long lastMicros, boolean open) {}
