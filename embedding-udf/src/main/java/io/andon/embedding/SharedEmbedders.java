package io.andon.embedding;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Embedders that holders of the same settings share: the first lease opens one, the last one given
 * back closes it. Safe for use by several threads; while one embedder is opened or closed, other
 * leases wait.
 */
public final class SharedEmbedders {
  /** The embedders of this process (of this class loader, where a cluster runs several jobs). */
  public static final SharedEmbedders PROCESS = new SharedEmbedders();

  private final Map<Object, Shared> open = new HashMap<>();

  /**
   * Leases an embedder.
   *
   * @param settings what makes embedders the same, by {@code equals}
   * @param opener opens one; called only where none is open
   */
  public synchronized EmbedderLease lease(Object settings, Supplier<? extends Embedder> opener) {
    Shared shared = open.get(settings);
    if (shared == null) {
      shared = new Shared(opener.get());
      open.put(settings, shared);
    }
    shared.leases++;
    return new Lease(settings, shared);
  }

  /** How many embedders are open. */
  public synchronized int size() {
    return open.size();
  }

  private synchronized void giveBack(Object settings, Shared shared) {
    shared.leases--;
    if (shared.leases == 0) {
      open.remove(settings);
      shared.embedder.close();
    }
  }

  private static final class Shared {
    private final Embedder embedder;
    private int leases;

    Shared(Embedder embedder) {
      this.embedder = embedder;
    }
  }

  private final class Lease implements EmbedderLease {
    private final Object settings;
    private final Shared shared;
    private final AtomicBoolean givenBack = new AtomicBoolean();

    Lease(Object settings, Shared shared) {
      this.settings = settings;
      this.shared = shared;
    }

    @Override
    public Embedder embedder() {
      if (givenBack.get()) {
        throw new IllegalStateException("the lease was given back");
      }
      return shared.embedder;
    }

    @Override
    public void close() {
      if (givenBack.compareAndSet(false, true)) {
        giveBack(settings, shared);
      }
    }
  }
}
