package io.andon.ingest.settings;

/**
 * The part of a camera's picture that its frames are made of, in percent of the picture, so that it
 * is the same part whatever size the camera sends.
 *
 * @param x left edge, 0 to 95
 * @param y top edge, 0 to 95
 * @param width width, 5 to 100; {@code x + width} at most 100
 * @param height height, 5 to 100; {@code y + height} at most 100
 */
public record CropConfig(double x, double y, double width, double height) {}
