package io.andon.detection;

/**
 * A box around connected hot cells, in picture coordinates.
 *
 * @param x left edge, pixels
 * @param y top edge, pixels
 * @param width pixels
 * @param height pixels
 * @param score highest score of its cells
 */
public record HotBox(int x, int y, int width, int height, double score) {}
