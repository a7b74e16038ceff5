package io.andon.embedding.flink;

import io.andon.embedding.Embedder;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.EmbedderLease;
import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.EmbeddingSpace;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A model whose timing a test directs. It embeds a picture as the number that {@link TestFrames}
 * wrote into it, so that a mix-up shows.
 */
final class ScriptedEmbedder implements Embedder {
  /** More calls than any test makes. */
  private static final int ALL = 1 << 20;

  private static final Map<String, ScriptedEmbedder> BY_NAME = new ConcurrentHashMap<>();
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final String name = "embedder-" + NAMES.getAndIncrement();
  private final Random random = new Random(20260101);
  private volatile Semaphore gate = new Semaphore(ALL);
  private volatile long maxDelayMicros;
  private volatile @Nullable RuntimeException failure;
  private volatile int invalidNumber = -1;
  private volatile boolean gainsFromBatches = true;
  private volatile boolean takesOneCore;
  private final AtomicInteger running = new AtomicInteger();

  final List<List<Picture>> batches = new CopyOnWriteArrayList<>();
  final List<String> events = new CopyOnWriteArrayList<>();
  final AtomicInteger maxRunning = new AtomicInteger();
  final AtomicInteger leases = new AtomicInteger();

  ScriptedEmbedder() {
    BY_NAME.put(name, this);
  }

  ScriptedEmbedder holdCalls() {
    gate = new Semaphore(0, true);
    return this;
  }

  void letCallsGo() {
    gate.release(ALL);
  }

  /** The one that is held longest. */
  void letOneCallGo() {
    gate.release();
  }

  ScriptedEmbedder delayedUpToMicros(long micros) {
    maxDelayMicros = micros;
    return this;
  }

  ScriptedEmbedder gainingLittleFromBatches() {
    gainsFromBatches = false;
    return this;
  }

  ScriptedEmbedder takingOneCore() {
    takesOneCore = true;
    return this;
  }

  ScriptedEmbedder failing(RuntimeException cause) {
    failure = cause;
    return this;
  }

  ScriptedEmbedder invalidAt(int number) {
    invalidNumber = number;
    return this;
  }

  List<Integer> batchSizes() {
    return batches.stream().map(List::size).toList();
  }

  /** A factory that can travel: it finds this embedder again by its name in this JVM. */
  EmbedderFactory factory() {
    String key = name;
    return () -> lease(key);
  }

  private static EmbedderLease lease(String key) {
    ScriptedEmbedder embedder = java.util.Objects.requireNonNull(BY_NAME.get(key));
    embedder.leases.incrementAndGet();
    return new EmbedderLease() {
      @Override
      public Embedder embedder() {
        return embedder;
      }

      @Override
      public void close() {
        embedder.events.add("lease closed");
      }
    };
  }

  @Override
  public EmbeddingSpace space() {
    return new EmbeddingSpace("scripted@1", "fp32", "numbers");
  }

  @Override
  public boolean gainsFromBatches() {
    return gainsFromBatches;
  }

  @Override
  public boolean takesOneCore() {
    return takesOneCore;
  }

  @Override
  public int maxBatch() {
    return 32;
  }

  @Override
  public InputShape inputShapeFor(int width, int height) {
    return width >= height ? new InputShape(16, 8) : new InputShape(8, 16);
  }

  @Override
  public List<EmbeddingResult> embed(List<Picture> batch) {
    maxRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    batches.add(batch);
    try {
      awaitGate();
      delay();
      RuntimeException cause = failure;
      if (cause != null) {
        throw cause;
      }
      return batch.stream().map(this::result).toList();
    } finally {
      running.decrementAndGet();
      events.add("call ended");
    }
  }

  private void awaitGate() {
    try {
      if (!gate.tryAcquire(2, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the test never let the call go");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("a native call cannot be interrupted", e);
    }
  }

  private void delay() {
    if (maxDelayMicros > 0) {
      long micros;
      synchronized (random) {
        micros = random.nextLong(maxDelayMicros);
      }
      LockSupport.parkNanos(micros * 1_000);
    }
  }

  private EmbeddingResult result(Picture picture) {
    int number = TestFrames.numberIn(picture);
    return number == invalidNumber
        ? new EmbeddingResult.Invalid("pooled[0] is NaN")
        : new EmbeddingResult.Valid(
            new FrameEmbedding(
                1, 1, 2, new byte[] {1, 2}, 0.5f, new float[] {number}, picture.luma()));
  }

  @Override
  public void close() {}
}
