package io.andon.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.embedding.picture.DeadLeaves;
import io.andon.embedding.testing.FakeEmbedder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedEmbeddersTest {
  private final SharedEmbedders shared = new SharedEmbedders();
  private final AtomicInteger opened = new AtomicInteger();

  @Test
  void holdersOfTheSameSettingsShareOneEmbedder() {
    EmbedderLease first = lease("a");
    EmbedderLease second = lease("a");
    EmbedderLease other = lease("b");

    assertThat(second.embedder()).isSameAs(first.embedder());
    assertThat(other.embedder()).isNotSameAs(first.embedder());
    assertThat(opened).hasValue(2);
  }

  @Test
  void onlyTheLastLeaseClosesTheEmbedder() {
    EmbedderLease first = lease("a");
    EmbedderLease second = lease("a");
    Embedder embedder = second.embedder();
    List<Picture> batch = List.of(DeadLeaves.picture(1, new InputShape(64, 64)));

    first.close();
    first.close();
    assertThat(embedder.embed(batch)).hasSize(1);

    second.close();
    assertThatThrownBy(() -> embedder.embed(batch)).hasMessageContaining("closed");
    assertThat(shared.size()).isZero();
    assertThat(lease("a").embedder()).isNotSameAs(embedder);
  }

  @Test
  void aLeaseGivenBackLendsNothing() {
    EmbedderLease lease = lease("a");
    lease.close();

    assertThatThrownBy(lease::embedder).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anEmbedderThatFailsToOpenLeavesNothingBehind() {
    assertThatThrownBy(
            () ->
                shared.lease(
                    "a",
                    () -> {
                      throw new IllegalStateException("no model");
                    }))
        .hasMessageContaining("no model");

    assertThat(shared.size()).isZero();
    assertThat(lease("a").embedder()).isNotNull();
  }

  @Test
  void manyThreadsOpenOneAndCloseIt() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    EmbedderLease held = lease("a");
    try {
      List<Future<?>> holders = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        holders.add(threads.submit(() -> lease("a").close()));
      }
      for (Future<?> holder : holders) {
        holder.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(opened).hasValue(1);
    held.close();
    assertThat(shared.size()).isZero();
  }

  private EmbedderLease lease(String settings) {
    return shared.lease(
        settings,
        () -> {
          opened.incrementAndGet();
          return new FakeEmbedder(1);
        });
  }
}
