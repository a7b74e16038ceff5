package io.andon.job.frames;

import java.io.Serializable;

/**
 * Whether silence means anything: a camera can only be called silent while the place that its
 * frames come from is heard of.
 */
@FunctionalInterface
public interface SourceContact extends Serializable {
  /**
   * Counts what is heard, frames or not: it grows while the source can be reached, and stands still
   * while it can't. Read several times a second.
   */
  double heard();
}
