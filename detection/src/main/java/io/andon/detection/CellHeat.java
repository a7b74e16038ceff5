package io.andon.detection;

/**
 * How hot each cell of the patch grid is, for measuring where anomalies are found. Unlike a {@link
 * HeatMap} it is neither clipped nor rounded.
 *
 * @param rows rows
 * @param columns columns
 * @param values {@code rows * columns} values, row-major; 0 is the median of normal block maxima, 1
 *     the alarm level, below 0 is usual
 */
public record CellHeat(int rows, int columns, double[] values) {}
