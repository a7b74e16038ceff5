package io.andon.quickstart.bench;

import io.andon.embedding.Embedder;
import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import io.andon.embedding.picture.DecodeResult;
import io.andon.embedding.picture.PictureDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What decoder and model reach by themselves, without Kafka and Flink, on the same pictures. */
final class ModelLimit {
  private static final int DECODERS = 2;

  private final Embedder embedder;
  private final PictureDecoder decoder;
  private final List<byte[]> jpegs;
  private final double seconds;

  ModelLimit(Embedder embedder, PictureDecoder decoder, List<byte[]> jpegs, double seconds) {
    this.embedder = embedder;
    this.decoder = decoder;
    this.jpegs = jpegs;
    this.seconds = seconds;
  }

  /** Frames a second of the model alone, pictures decoded beforehand. */
  double modelAlone(int batch) {
    List<Picture> pictures = jpegs.stream().limit(batch).map(this::decode).toList();
    embedder.embed(pictures);
    long start = System.nanoTime();
    long frames = 0;
    while (System.nanoTime() - start < seconds * 1e9) {
      embedder.embed(pictures);
      frames += batch;
    }
    return frames * 1e9 / (System.nanoTime() - start);
  }

  /** Frames a second of decoding and model together: the next batch is decoded meanwhile. */
  double withDecoding(int batch) throws ExecutionException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(DECODERS);
    try {
      long start = System.nanoTime();
      long frames = 0;
      List<Future<Picture>> next = decodeLater(pool, batch, 0);
      while (System.nanoTime() - start < seconds * 1e9) {
        List<Picture> pictures = new ArrayList<>();
        for (Future<Picture> picture : next) {
          pictures.add(picture.get());
        }
        next = decodeLater(pool, batch, frames + batch);
        embedder.embed(pictures);
        frames += batch;
      }
      return frames * 1e9 / (System.nanoTime() - start);
    } finally {
      pool.shutdownNow();
    }
  }

  private List<Future<Picture>> decodeLater(ExecutorService pool, int batch, long from) {
    List<Future<Picture>> pictures = new ArrayList<>();
    for (long i = from; i < from + batch; i++) {
      byte[] jpeg = jpegs.get((int) (i % jpegs.size()));
      pictures.add(pool.submit(() -> decode(jpeg)));
    }
    return pictures;
  }

  private Picture decode(byte[] jpeg) {
    InputShape shape = embedder.inputShapeFor(FrameLoad.WIDTH, FrameLoad.HEIGHT);
    if (decoder.decode(jpeg, FrameLoad.WIDTH, FrameLoad.HEIGHT, shape)
        instanceof DecodeResult.Decoded decoded) {
      return decoded.picture();
    }
    throw new IllegalStateException("a rendered picture can't be decoded");
  }
}
