package io.andon.job;

import io.andon.embedding.Embedder;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.EmbeddingSpace;
import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import io.andon.embedding.SharedEmbedders;
import io.andon.embedding.testing.FakeEmbedder;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that breaks once, at a picture of a given number, and works from then on. */
final class FailingEmbedder implements Embedder {
  private static final ConcurrentMap<String, AtomicInteger> EMBEDDED = new ConcurrentHashMap<>();

  private final Embedder model = new FakeEmbedder(7);
  private final AtomicInteger embedded;
  private final int failAt;

  private FailingEmbedder(AtomicInteger embedded, int failAt) {
    this.embedded = embedded;
    this.failAt = failAt;
  }

  /** A model of its own, with the name by which {@link #embedded} knows it. */
  static EmbedderFactory failingAt(int failAt, String name) {
    return () ->
        SharedEmbedders.PROCESS.lease(
            name,
            () ->
                new FailingEmbedder(
                    EMBEDDED.computeIfAbsent(name, n -> new AtomicInteger()), failAt));
  }

  static String freshName() {
    return "failing-" + UUID.randomUUID();
  }

  /** Pictures that were given to the model, those of the failed batch too. */
  static int embedded(String name) {
    return EMBEDDED.getOrDefault(name, new AtomicInteger()).get();
  }

  @Override
  public List<EmbeddingResult> embed(List<Picture> pictures) {
    int after = embedded.addAndGet(pictures.size());
    if (after >= failAt && after - pictures.size() < failAt) {
      throw new IllegalStateException("the model breaks, as the test wants");
    }
    return model.embed(pictures);
  }

  @Override
  public EmbeddingSpace space() {
    return model.space();
  }

  @Override
  public int maxBatch() {
    return model.maxBatch();
  }

  @Override
  public InputShape inputShapeFor(int width, int height) {
    return model.inputShapeFor(width, height);
  }

  @Override
  public void close() {
    model.close();
  }
}
