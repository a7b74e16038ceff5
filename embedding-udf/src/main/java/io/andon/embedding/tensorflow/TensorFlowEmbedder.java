package io.andon.embedding.tensorflow;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.andon.embedding.BatchCheck;
import io.andon.embedding.Embedder;
import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.EmbeddingSpace;
import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import io.andon.embedding.ShapeChoice;
import io.andon.embedding.model.ElementType;
import io.andon.embedding.model.ModelDescriptor;
import io.andon.embedding.model.ModelRefusedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link Embedder} that runs a SavedModel. Calls of several threads run side by side and share
 * TensorFlow's threads; {@link #close} waits for those under way.
 */
public final class TensorFlowEmbedder implements Embedder {
  private static final Logger LOG = LoggerFactory.getLogger(TensorFlowEmbedder.class);

  private final TensorFlowSettings settings;
  private final ModelDescriptor descriptor;
  private final PictureBuffers buffers;
  private final OutputReader reader;
  private final Network network;
  private final ReadWriteLock lifecycle = new ReentrantReadWriteLock();
  private boolean closed;

  /** Set before the embedder is handed out. */
  private volatile boolean oneAtATime;

  private TensorFlowEmbedder(TensorFlowSettings settings) {
    this.settings = settings;
    this.descriptor = settings.model().descriptor();
    this.buffers = new PictureBuffers(descriptor.input());
    this.reader = new OutputReader(descriptor);
    this.network = Network.load(settings, settings.model(), descriptor.signature());
  }

  /**
   * Loads a model and tries it on one picture.
   *
   * @throws ModelRefusedException with all reasons, if the SavedModel is not as its descriptor
   *     says, or bf16 is asked for and differs from fp32 too much or not at all
   * @throws IllegalStateException if the natives, the device or the thread setting can't be had
   */
  public static TensorFlowEmbedder open(TensorFlowSettings settings) {
    String name = settings.model().directory().toString();
    List<String> reasons = SignatureCheck.reasons(settings.model());
    if (!reasons.isEmpty()) {
      throw new ModelRefusedException(name, reasons);
    }
    TensorFlowEmbedder embedder = openUnchecked(settings);
    try {
      embedder.tryOut(name);
      return embedder;
    } catch (RuntimeException | Error e) {
      embedder.close(); // its memory is native: nobody else would give it back
      throw e;
    }
  }

  private void tryOut(String name) {
    List<String> disagreements = StartupCheck.reasons(this, settings);
    if (!disagreements.isEmpty()) {
      throw new ModelRefusedException(name, disagreements);
    }
    if (settings.precision() == Precision.FP32
        && !network.isOnGpu()
        && ProcessorFeatures.hasBf16()) {
      LOG.info(
          "This processor computes bf16: model.precision: bf16 embeds more frames a second, if all"
              + " workers have it.");
    }
    if (!BatchProbe.keepsBits(this)) {
      LOG.info(
          "On this processor an embedding's bits depend on its batch: pictures are embedded one by"
              + " one, so that a replay gives the same results.");
      oneAtATime = true;
    }
  }

  static TensorFlowEmbedder openUnchecked(TensorFlowSettings settings) {
    return new TensorFlowEmbedder(settings);
  }

  @Override
  public EmbeddingSpace space() {
    return new EmbeddingSpace(
        descriptor.idAndVersion(), settings.precision().wireName(), settings.decoder());
  }

  @Override
  public int maxBatch() {
    return settings.maxBatch();
  }

  /** On a GPU one call computes while the next one is brought there. */
  @Override
  public int parallelCalls() {
    int cores = Runtime.getRuntime().availableProcessors();
    return settings.intraOpThreads() == 0 || network.isOnGpu()
        ? 2
        : Math.max(1, cores / settings.intraOpThreads());
  }

  /** Measured on CPUs of one thread an operation: docs/adr/0015. */
  @Override
  public boolean gainsFromBatches() {
    return !takesOneCore();
  }

  @Override
  public boolean takesOneCore() {
    return settings.intraOpThreads() == 1 && !network.isOnGpu();
  }

  @Override
  public InputShape inputShapeFor(int width, int height) {
    return ShapeChoice.closest(width, height, descriptor.input().shapes());
  }

  @Override
  public List<EmbeddingResult> embed(List<Picture> batch) {
    BatchCheck.check(batch, maxBatch(), descriptor.input().shapes());
    lifecycle.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the embedder is closed");
      }
      return run(batch);
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  private List<EmbeddingResult> run(List<Picture> batch) {
    if (!oneAtATime) {
      return runTogether(batch);
    }
    List<EmbeddingResult> results = new ArrayList<>(batch.size());
    for (Picture picture : batch) {
      results.addAll(runTogether(List.of(picture)));
    }
    return results;
  }

  private List<EmbeddingResult> runTogether(List<Picture> batch) {
    Picture first = batch.get(0);
    Shape shape = new Shape(batch.size(), first.height(), first.width(), 3);
    DataType dtype =
        descriptor.input().dtype() == ElementType.UINT8 ? DataType.UINT8 : DataType.FLOAT32;
    ByteBuffer input = buffers.fill(batch);
    try {
      return network.run(input, shape, dtype, outputs -> reader.read(outputs, batch));
    } finally {
      buffers.giveBack(input);
    }
  }

  @Override
  public void close() {
    lifecycle.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        network.close();
      }
    } finally {
      lifecycle.writeLock().unlock();
    }
  }
}
