package io.andon.bench.evaluate;

import io.andon.embedding.InputShape;

/**
 * What of a set's pictures comes to the model, and how.
 *
 * @param shape the model's input
 * @param part what is cut out of each picture first
 */
record StillView(InputShape shape, View part) {
  /** Pictures as they are. */
  static StillView whole(InputShape shape) {
    return new StillView(shape, View.WHOLE);
  }

  boolean isWhole() {
    return part.equals(View.WHOLE);
  }
}
