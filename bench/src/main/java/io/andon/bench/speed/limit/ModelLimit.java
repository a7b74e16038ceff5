package io.andon.bench.speed.limit;

import io.andon.bench.speed.Effort;
import io.andon.bench.speed.Meter;
import io.andon.bench.speed.Pictures;
import io.andon.embedding.Embedder;
import io.andon.embedding.Picture;
import io.andon.embedding.model.Model;
import io.andon.embedding.picture.DecodeResult;
import io.andon.embedding.picture.PictureDecoder;
import io.andon.embedding.tensorflow.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tensorflow.internal.c_api.TF_Tensor;

/**
 * What the graph reaches without DJL, Flink and Kafka, on as many callers as the job uses: (a) on
 * pictures decoded beforehand, (b) with each picture decoded by the caller just before.
 */
public final class ModelLimit implements AutoCloseable {
  private static final int[] BATCHES = {1, 2, 4, 8, 16};

  private static final int TURNS = 3;

  /** Counted as the stage that the job does the same in. */
  private static final String THREADS = "embed-model-limit";

  private final RawSession session;
  private final PictureDecoder decoder;
  private final Embedder shapes;
  private final Pictures pictures;
  private final int callers;
  private final Meter meter;
  private int bestBatch = 1;

  private ModelLimit(
      RawSession session,
      Embedder shapes,
      PictureDecoder decoder,
      Pictures pictures,
      int callers,
      Meter meter) {
    this.meter = meter;
    this.session = session;
    this.shapes = shapes;
    this.decoder = decoder;
    this.pictures = pictures;
    this.callers = callers;
  }

  /**
   * Opens the model a second time.
   *
   * @param embedder has loaded TensorFlow with the thread setting that counts, and tells the shape
   *     and the precision
   * @param callers threads that call the session side by side
   * @param meter measures
   */
  public static ModelLimit open(
      Model model,
      Embedder embedder,
      PictureDecoder decoder,
      Pictures pictures,
      int callers,
      Meter meter)
      throws IOException {
    boolean bf16 = embedder.space().precision().equals(Precision.BF16.wireName());
    return new ModelLimit(
        RawSession.open(model, bf16), embedder, decoder, pictures, callers, meter);
  }

  /**
   * Tries the batch sizes in turns, several times over, and keeps the best for what follows.
   *
   * @param seconds of each try
   */
  public int findBestBatch(double seconds)
      throws InterruptedException, ExecutionException, IOException {
    double[] frames = new double[BATCHES.length];
    for (int turn = 0; turn < TURNS; turn++) {
      for (int i = 0; i < BATCHES.length; i++) {
        frames[i] += model(BATCHES[i], seconds).framesPerSecond();
      }
    }
    int best = 0;
    for (int i = 1; i < BATCHES.length; i++) {
      best = frames[i] > frames[best] ? i : best;
    }
    bestBatch = BATCHES[best];
    return bestBatch;
  }

  /** Limit (a): the session alone at its best batch size. */
  public Effort model(double seconds) throws InterruptedException, ExecutionException, IOException {
    return model(bestBatch, seconds);
  }

  private Effort model(int batch, double seconds)
      throws InterruptedException, ExecutionException, IOException {
    return sideBySide(
        caller -> {
          TF_Tensor tensor = RawSession.tensor(decoded(caller * batch, batch));
          session.run(tensor);
          return new Work(() -> session.run(tensor), () -> RawSession.delete(tensor));
        },
        batch,
        seconds);
  }

  /** Limit (b): decoder and session at the same batch size. */
  public Effort modelAndDecoder(double seconds)
      throws InterruptedException, ExecutionException, IOException {
    return sideBySide(
        caller -> {
          int[] next = {caller * bestBatch};
          return new Work(
              () -> {
                TF_Tensor tensor = RawSession.tensor(decoded(next[0], bestBatch));
                session.run(tensor);
                RawSession.delete(tensor);
                next[0] += bestBatch;
              },
              () -> {});
        },
        bestBatch,
        seconds);
  }

  private record Work(Runnable step, Runnable end) {}

  private interface Caller {
    Work begin(int caller);
  }

  /** What one caller did, in its own time: the last batches don't end together. */
  private record Done(long frames, double seconds) {}

  private Effort sideBySide(Caller caller, int batch, double seconds)
      throws InterruptedException, ExecutionException, IOException {
    List<Callable<Done>> loops = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      Work work = caller.begin(i);
      loops.add(() -> loop(work, batch, seconds));
    }
    ExecutorService pool = Executors.newFixedThreadPool(callers, work -> new Thread(work, THREADS));
    try {
      Meter.Watch watch = meter.start();
      long frames = 0;
      double framesPerSecond = 0;
      for (Future<Done> future : pool.invokeAll(loops)) {
        Done done = future.get();
        frames += done.frames();
        framesPerSecond += done.frames() / done.seconds();
      }
      return watch.stop(frames).withSeconds(frames / framesPerSecond);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Done loop(Work work, int batch, double seconds) {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    long frames = 0;
    long now = start;
    while (now < end) {
      work.step().run();
      frames += batch;
      now = System.nanoTime();
    }
    work.end().run();
    return new Done(frames, (now - start) / 1e9);
  }

  private List<Picture> decoded(int from, int count) {
    List<Picture> batch = new ArrayList<>(count);
    for (int i = from; i < from + count; i++) {
      byte[] jpeg = pictures.any(i);
      DecodeResult result =
          decoder.decode(
              jpeg,
              Pictures.WIDTH,
              Pictures.HEIGHT,
              shapes.inputShapeFor(Pictures.WIDTH, Pictures.HEIGHT));
      if (!(result instanceof DecodeResult.Decoded picture)) {
        throw new IllegalStateException("a rendered picture can't be decoded");
      }
      batch.add(picture.picture());
    }
    return batch;
  }

  @Override
  public void close() {
    session.close();
  }
}
