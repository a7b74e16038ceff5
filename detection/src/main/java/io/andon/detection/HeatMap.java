package io.andon.detection;

/**
 * How unusual each cell of the patch grid is.
 *
 * @param rows rows
 * @param columns columns
 * @param values {@code rows * columns} values, row-major, 0..255; 128 is the alarm level
 */
public record HeatMap(int rows, int columns, byte[] values) {}
