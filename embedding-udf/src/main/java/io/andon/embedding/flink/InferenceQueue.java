package io.andon.embedding.flink;

import io.andon.embedding.Embedder;
import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of all subtasks of this process that wait for one embedder, and the threads that
 * feed it. Eager: an idle thread takes the oldest picture at once, together with those of the same
 * size behind it, so a batch is 1 when idle and grows under load. It takes no more than its even
 * share of what waits, so that no thread idles while another works off a long batch; half of that
 * where the embedder gains little from batches, since a batch keeps its first picture until the
 * last is done. Taking the oldest first keeps a rare size from waiting for ever; it goes in a small
 * batch of its own and delays the others by one call. As many batches run at a time as there are
 * threads. What waits is bounded by what the subtasks hold in flight.
 */
final class InferenceQueue {
  private static final IdentityHashMap<Embedder, InferenceQueue> QUEUES = new IdentityHashMap<>();

  /**
   * A picture and who waits for it. The model's thread asks for the picture, and tells what the
   * model says of it if there was one. What goes wrong on the way fails all requests of the batch.
   */
  interface Request {
    /** Size of the picture. */
    InputShape shape();

    /** The picture, decoded by now or at this call; null if it can't be, which is dealt with. */
    @Nullable Picture picture();

    void embedded(EmbeddingResult result);

    void failed(Throwable cause);
  }

  private record Entry(Client client, Request request) {
    boolean sameSize(Entry other) {
      return request.shape().equals(other.request.shape());
    }
  }

  private final Embedder embedder;
  private final int maxBatch;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Entry> waiting = new ArrayDeque<>(); // guarded by lock
  private final List<Thread> threads = new ArrayList<>();
  private boolean stopped; // guarded by lock
  private int clients; // guarded by QUEUES

  private InferenceQueue(Embedder embedder, int maxBatch, int maxBatchesInFlight) {
    this.embedder = embedder;
    this.maxBatch = Math.min(maxBatch, embedder.maxBatch());
    for (int i = 0; i < maxBatchesInFlight; i++) {
      Thread thread = new Thread(this::work, "embed-model-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  /**
   * Joins the queue of an embedder. The first to join sets the bounds.
   *
   * @throws IllegalStateException if others joined with other bounds
   */
  static Client attach(Embedder embedder, EmbedSettings settings, EmbedMeters meters) {
    synchronized (QUEUES) {
      InferenceQueue queue = QUEUES.get(embedder);
      if (queue == null) {
        queue =
            new InferenceQueue(embedder, settings.maxBatch(), batchesInFlight(embedder, settings));
        QUEUES.put(embedder, queue);
        queue.threads.forEach(Thread::start);
      }
      queue.requireBounds(settings);
      queue.clients++;
      return queue.new Client(meters);
    }
  }

  private static int batchesInFlight(Embedder embedder, EmbedSettings settings) {
    int asked = settings.maxBatchesInFlight();
    return asked > 0 ? asked : Math.max(1, Math.min(64, embedder.parallelCalls()));
  }

  private void requireBounds(EmbedSettings settings) {
    int batch = Math.min(settings.maxBatch(), embedder.maxBatch());
    int inFlight = batchesInFlight(embedder, settings);
    if (batch != maxBatch || inFlight != threads.size()) {
      throw new IllegalStateException(
          "maxBatch %d and maxBatchesInFlight %d differ from %d and %d of the other subtasks of this process"
              .formatted(batch, inFlight, maxBatch, threads.size()));
    }
  }

  private void work() {
    for (List<Entry> batch = take(); !batch.isEmpty(); batch = take()) {
      embed(batch);
    }
  }

  /** The next batch, empty when there is nothing more to come. */
  private List<Entry> take() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !stopped) {
        changed.awaitUninterruptibly();
      }
      return waiting.isEmpty() ? List.of() : takeOldestSize();
    } finally {
      lock.unlock();
    }
  }

  private List<Entry> takeOldestSize() {
    Entry oldest = waiting.getFirst();
    int share = (waiting.size() + threads.size() - 1) / threads.size();
    int most = Math.min(maxBatch, embedder.gainsFromBatches() ? share : (share + 1) / 2);
    List<Entry> batch = new ArrayList<>(most);
    Iterator<Entry> entries = waiting.iterator();
    while (entries.hasNext() && batch.size() < most) {
      Entry entry = entries.next();
      if (entry.sameSize(oldest)) {
        entries.remove();
        entry.client.running++;
        entry.client.meters.addQueued(-1);
        batch.add(entry);
      }
    }
    return batch;
  }

  private void embed(List<Entry> batch) {
    try {
      List<Entry> decoded = new ArrayList<>(batch.size());
      List<Picture> pictures = new ArrayList<>(batch.size());
      for (Entry entry : batch) {
        Picture picture = entry.request.picture();
        if (picture != null) {
          decoded.add(entry);
          pictures.add(picture);
        }
      }
      if (!decoded.isEmpty()) {
        embed(decoded, pictures);
      }
    } catch (Throwable failure) { // an Error of a native library too must fail the tasks
      batch.forEach(entry -> entry.request.failed(failure));
    } finally {
      ended(batch);
    }
  }

  private void embed(List<Entry> batch, List<Picture> pictures) {
    long startNanos = System.nanoTime();
    List<EmbeddingResult> results = embedder.embed(pictures);
    Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
    if (results.size() != batch.size()) {
      throw new IllegalStateException(
          "the embedder gave " + results.size() + " results for " + batch.size() + " pictures");
    }
    batch.get(0).client.meters.batchEmbedded(batch.size(), time);
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).request.embedded(results.get(i));
    }
  }

  private void ended(List<Entry> batch) {
    lock.lock();
    try {
      batch.forEach(entry -> entry.client.running--);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** One subtask's part in the queue. */
  final class Client implements AutoCloseable {
    private final EmbedMeters meters;
    private int running; // guarded by lock

    private Client(EmbedMeters meters) {
      this.meters = meters;
    }

    /** Calls of the model that run side by side, at most. */
    int parallelCalls() {
      return threads.size();
    }

    /** Lets a picture wait for the model. */
    void submit(Request request) {
      lock.lock();
      try {
        waiting.add(new Entry(this, request));
        meters.addQueued(1);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /**
     * Leaves the queue: drops what waits and returns when no thread of the model decodes or embeds
     * a picture of this subtask. Not interruptible, because the model's memory may be freed
     * afterwards; Flink's own cancellation timeout is the bound.
     */
    @Override
    public void close() {
      lock.lock();
      try {
        int before = waiting.size();
        waiting.removeIf(entry -> entry.client == this);
        meters.addQueued(waiting.size() - before);
        while (running > 0) {
          changed.awaitUninterruptibly();
        }
      } finally {
        lock.unlock();
      }
      synchronized (QUEUES) {
        clients--;
        if (clients == 0) {
          QUEUES.remove(embedder);
          stop();
        }
      }
    }
  }
}
