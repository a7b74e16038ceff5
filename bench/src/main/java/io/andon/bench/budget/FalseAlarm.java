package io.andon.bench.budget;

import io.andon.detection.IncidentChange;

/**
 * An incident that no anomaly stands behind.
 *
 * @param camera number of the camera
 * @param seconds when it opened, from the start of the run
 * @param source what was going on
 * @param channel which score spoke
 * @param peakScore score when it opened
 */
record FalseAlarm(
    int camera, double seconds, Source source, IncidentChange.Channel channel, double peakScore) {

  /** What was going on, the first that holds. */
  enum Source {
    /** A second incident for an anomaly that had one already. */
    SPLIT,
    VIBRATION,
    SHADOW,
    /** Within ten minutes of a change of product, known or long running. */
    PRODUCT_CHANGE,
    /** Within ten minutes of a change of shift. */
    SHIFT_CHANGE,
    /** The operator left or came back within the minute. */
    OPERATOR_AWAY,
    /** In the first hour, when little is known yet. */
    FIRST_HOUR,
    /** Ordinary variation, dirt and light. */
    ORDINARY
  }
}
