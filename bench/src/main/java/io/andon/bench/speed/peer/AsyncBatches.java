package io.andon.bench.speed.peer;

import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.embedding.flink.FrameRecord;
import io.andon.embedding.flink.PictureDecoderFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/**
 * Flink's async I/O in front of threads that decode and embed what waits, up to a batch: as eager
 * as the job's own stage, and with the same threads.
 */
public final class AsyncBatches extends RichAsyncFunction<FrameRecord, EmbeddedFrame>
    implements PeerTopology.EmbeddingStage {
  private static final long serialVersionUID = 1;
  private static final int CAPACITY = 64;

  private final EmbedderFactory embedders;
  private final PictureDecoderFactory decoders;
  private final int maxBatch;
  private final int threads;
  private transient @Nullable PictureWork work;
  private transient @Nullable ExecutorService pool;
  private transient BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(CAPACITY);

  private record Waiting(FrameRecord frame, ResultFuture<EmbeddedFrame> result) {}

  /**
   * A stage on the job's model and decoder.
   *
   * @param maxBatch frames a batch at most
   * @param threads threads that decode and embed
   */
  public AsyncBatches(
      EmbedderFactory embedders, PictureDecoderFactory decoders, int maxBatch, int threads) {
    this.embedders = embedders;
    this.decoders = decoders;
    this.maxBatch = maxBatch;
    this.threads = threads;
  }

  @Override
  public DataStream<EmbeddedFrame> embed(DataStream<FrameRecord> frames) {
    return AsyncDataStream.orderedWait(frames, this, 60, TimeUnit.SECONDS, CAPACITY)
        .returns(EmbeddedFrame.TYPE);
  }

  @Override
  public void open(OpenContext context) {
    waiting = new ArrayBlockingQueue<>(CAPACITY);
    work = new PictureWork(embedders, decoders);
    pool = Executors.newFixedThreadPool(threads, task -> new Thread(task, "embed-async"));
    for (int i = 0; i < threads; i++) {
      pool.execute(this::embedForEver);
    }
  }

  @Override
  public void asyncInvoke(FrameRecord frame, ResultFuture<EmbeddedFrame> result) {
    waiting.add(new Waiting(frame, result));
  }

  private void embedForEver() {
    try {
      while (true) {
        List<Waiting> batch = new ArrayList<>();
        batch.add(waiting.take());
        waiting.drainTo(batch, maxBatch - 1);
        embed(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void embed(List<Waiting> batch) {
    try {
      PictureWork open = Objects.requireNonNull(work);
      List<EmbeddedFrame> frames =
          open.embed(batch.stream().map(one -> open.decode(one.frame())).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).result().complete(List.of(frames.get(i)));
      }
    } catch (RuntimeException e) {
      batch.forEach(one -> one.result().completeExceptionally(e));
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (pool != null) {
      pool.shutdownNow();
      if (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("a call of the model did not end");
      }
      pool = null;
    }
    if (work != null) {
      work.close();
      work = null;
    }
  }
}
