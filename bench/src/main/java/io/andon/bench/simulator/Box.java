package io.andon.bench.simulator;

/**
 * A box in picture coordinates.
 *
 * @param x left edge, pixels
 * @param y top edge, pixels
 * @param width pixels
 * @param height pixels
 */
public record Box(int x, int y, int width, int height) {}
