package io.andon.bench.speed;

import io.andon.embedding.Embedder;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.EmbedderLease;
import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.EmbeddingSpace;
import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import io.andon.embedding.picture.DecodeResult;
import io.andon.embedding.picture.JpegPictureDecoder;
import io.andon.embedding.picture.PictureDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Costs nothing: gives what the real model said of the same pictures before. What is left is all
 * that the job does around its model.
 */
final class RecordedEmbedder implements Embedder {
  /**
   * Pixels between those that a picture is told by; a prime, so that all columns have their turn.
   */
  private static final int STRIDE = 997;

  private final Embedder real;
  private final Map<Long, EmbeddingResult> recorded = new HashMap<>();

  private RecordedEmbedder(Embedder real) {
    this.real = real;
  }

  /** Has the real model say once what it says of each picture. */
  static RecordedEmbedder of(Embedder real, Pictures pictures) {
    RecordedEmbedder embedder = new RecordedEmbedder(real);
    PictureDecoder decoder = new JpegPictureDecoder();
    InputShape shape = real.inputShapeFor(Pictures.WIDTH, Pictures.HEIGHT);
    for (byte[] jpeg : pictures.distinct()) {
      if (!(decoder.decode(jpeg, Pictures.WIDTH, Pictures.HEIGHT, shape)
          instanceof DecodeResult.Decoded decoded)) {
        throw new IllegalStateException("a picture of the simulated line can't be decoded");
      }
      Picture picture = decoded.picture();
      embedder.recorded.put(key(picture), real.embed(List.of(picture)).get(0));
    }
    return embedder;
  }

  private static long key(Picture picture) {
    long key = 1;
    byte[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i += STRIDE) {
      key = key * 0x9E3779B97F4A7C15L + rgb[i];
    }
    return key;
  }

  @Override
  public EmbeddingSpace space() {
    return real.space();
  }

  @Override
  public int maxBatch() {
    return real.maxBatch();
  }

  @Override
  public InputShape inputShapeFor(int width, int height) {
    return real.inputShapeFor(width, height);
  }

  @Override
  public int parallelCalls() {
    return real.parallelCalls();
  }

  @Override
  public boolean gainsFromBatches() {
    return real.gainsFromBatches();
  }

  @Override
  public boolean takesOneCore() {
    return real.takesOneCore();
  }

  @Override
  public List<EmbeddingResult> embed(List<Picture> batch) {
    return batch.stream()
        .map(
            picture ->
                Objects.requireNonNull(
                    recorded.get(key(picture)),
                    "the model was not asked about this picture before"))
        .toList();
  }

  @Override
  public void close() {}

  /** Gives every subtask of this process the one embedder. */
  static final class Factory implements EmbedderFactory {
    private static final long serialVersionUID = 1;

    private static volatile @Nullable RecordedEmbedder shared;

    static Factory sharing(RecordedEmbedder embedder) {
      shared = embedder;
      return new Factory();
    }

    @Override
    public EmbedderLease acquire() {
      Embedder embedder = Objects.requireNonNull(shared, "no embedder was recorded");
      return new EmbedderLease() {
        @Override
        public Embedder embedder() {
          return embedder;
        }

        @Override
        public void close() {}
      };
    }
  }
}
