package io.andon.embedding;

/**
 * A size that a model takes.
 *
 * @param width pixels
 * @param height pixels
 */
public record InputShape(int width, int height) {}
