package io.andon.ingest.settings;

/**
 * What happens when the job lags; ranges and defaults stand in {@code ingest.schema.json}.
 *
 * @param enabled whether the rate is lowered at all; the lag is measured in any case
 * @param scoresTopic topic that the job writes scores to
 * @param highLagMillis lag from which on the rate is lowered, or from half of it on if it is on the
 *     way there
 * @param lowLagMillis lag below which it rises again
 * @param leastShare share of the frames that is always sent
 */
public record OverloadConfig(
    boolean enabled, String scoresTopic, int highLagMillis, int lowLagMillis, double leastShare) {}
