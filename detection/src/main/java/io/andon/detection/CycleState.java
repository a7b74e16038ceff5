package io.andon.detection;

/**
 * The cycle of the machine that a camera watches.
 *
 * @param usualSeconds how long a cycle took when it was learnt, above 0
 * @param currentSeconds how long the latest cycles take, above 0
 * @param phase how far the machine is in its cycle, 0 up to 1; where 0 lies is arbitrary but fixed
 */
public record CycleState(double usualSeconds, double currentSeconds, double phase) {}
