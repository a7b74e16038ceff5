package io.andon.embedding.testing;

import io.andon.embedding.BatchCheck;
import io.andon.embedding.Embedder;
import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.EmbeddingSpace;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import io.andon.embedding.ShapeChoice;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An embedder without a network, for tests and fault injection: each cell is a fixed random
 * projection of its pixels' mean colours, so that a change in the picture changes the cells it lies
 * in and nothing else. The same seed and picture give the same bits. A picture that is {@link
 * #POISON} throughout gives an {@link EmbeddingResult.Invalid}.
 */
public final class FakeEmbedder implements Embedder {
  /** The byte that a picture must hold everywhere to have no finite embedding. */
  public static final byte POISON = 13;

  private static final int STRIDE = 16;
  private static final int QUADRANTS = 4;
  private static final float SCALE = 0.05f;
  private static final List<InputShape> SHAPES =
      List.of(
          new InputShape(64, 64),
          new InputShape(112, 64),
          new InputShape(96, 64),
          new InputShape(64, 96),
          new InputShape(64, 112));

  private final long seed;
  private final int channels;
  private final int maxBatch;
  private final float[][] projection;
  private final AtomicLong batches = new AtomicLong();
  private final AtomicLong pictures = new AtomicLong();
  private boolean oneCore;
  private volatile boolean closed;

  /** 16 channels, batches of up to 8. */
  public FakeEmbedder(long seed) {
    this(seed, 16, 8);
  }

  /**
   * @param seed fixes the projection
   * @param channels values a cell
   * @param maxBatch pictures a call takes at most
   */
  public FakeEmbedder(long seed, int channels, int maxBatch) {
    this.seed = seed;
    this.channels = channels;
    this.maxBatch = maxBatch;
    this.projection = new float[channels][3 * QUADRANTS];
    SplittableRandom random = new SplittableRandom(seed);
    for (float[] row : projection) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextInt(-64, 65) / 64f;
      }
    }
  }

  /** The same, but each call takes a core of its own, as a network on a CPU does. */
  public static FakeEmbedder takingOneCore(long seed) {
    FakeEmbedder embedder = new FakeEmbedder(seed);
    embedder.oneCore = true;
    return embedder;
  }

  @Override
  public boolean takesOneCore() {
    return oneCore;
  }

  @Override
  public int parallelCalls() {
    return oneCore ? Runtime.getRuntime().availableProcessors() : 2;
  }

  @Override
  public EmbeddingSpace space() {
    return new EmbeddingSpace("fake@" + seed, "fp32", "any");
  }

  @Override
  public int maxBatch() {
    return maxBatch;
  }

  @Override
  public InputShape inputShapeFor(int width, int height) {
    return ShapeChoice.closest(width, height, SHAPES);
  }

  /** Calls answered so far. */
  public long batches() {
    return batches.get();
  }

  /** Pictures embedded so far. */
  public long pictures() {
    return pictures.get();
  }

  @Override
  public List<EmbeddingResult> embed(List<Picture> batch) {
    BatchCheck.check(batch, maxBatch, SHAPES);
    if (closed) {
      throw new IllegalStateException("the embedder is closed");
    }
    batches.incrementAndGet();
    pictures.addAndGet(batch.size());
    return batch.stream().map(this::embed).toList();
  }

  private EmbeddingResult embed(Picture picture) {
    if (poisoned(picture.rgb())) {
      return new EmbeddingResult.Invalid("the picture is poisoned");
    }
    int rows = picture.height() / STRIDE;
    int columns = picture.width() / STRIDE;
    byte[] patches = new byte[rows * columns * channels];
    float[] pooled = new float[channels];
    float[] colours = new float[3 * QUADRANTS];
    for (int cell = 0; cell < rows * columns; cell++) {
      quadrants(picture, cell / columns * STRIDE, cell % columns * STRIDE, colours);
      for (int channel = 0; channel < channels; channel++) {
        float value = 0;
        for (int i = 0; i < colours.length; i++) {
          value += projection[channel][i] * colours[i];
        }
        patches[cell * channels + channel] =
            (byte) Math.max(-127, Math.min(127, Math.round(value / SCALE)));
        pooled[channel] += value / (rows * columns);
      }
    }
    return new EmbeddingResult.Valid(
        new FrameEmbedding(rows, columns, channels, patches, SCALE, pooled, picture.luma()));
  }

  /** Mean colours of a cell's four quarters, -1..1. */
  private static void quadrants(Picture picture, int top, int left, float[] colours) {
    int half = STRIDE / 2;
    for (int quadrant = 0; quadrant < QUADRANTS; quadrant++) {
      int y0 = top + quadrant / 2 * half;
      int x0 = left + quadrant % 2 * half;
      for (int colour = 0; colour < 3; colour++) {
        int sum = 0;
        for (int y = y0; y < y0 + half; y++) {
          for (int x = x0; x < x0 + half; x++) {
            sum += picture.rgb()[(y * picture.width() + x) * 3 + colour] & 0xFF;
          }
        }
        colours[quadrant * 3 + colour] = sum / (half * half * 127.5f) - 1;
      }
    }
  }

  private static boolean poisoned(byte[] rgb) {
    for (byte value : rgb) {
      if (value != POISON) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    closed = true;
  }
}
