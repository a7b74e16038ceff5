package io.andon.embedding;

/** The right to use a shared embedder until {@link #close}. */
public interface EmbedderLease extends AutoCloseable {
  /** The shared embedder; the holder of a lease never closes it. */
  Embedder embedder();

  /** Gives the lease back. No call of the embedder may be running; later calls do nothing. */
  @Override
  void close();
}
