package io.andon.embedding;

import java.io.Serializable;

/**
 * Finds the embedder of this process. It travels with the job to every worker, so it holds settings
 * only, never the model.
 */
@FunctionalInterface
public interface EmbedderFactory extends Serializable {
  /**
   * Leases the process's embedder, loading it for the first lease. Every lease of one factory gives
   * the same {@link Embedder} object while any of them is held; the last one closed frees it.
   *
   * @throws IllegalStateException if the model cannot be loaded or breaks its descriptor
   */
  EmbedderLease acquire();
}
