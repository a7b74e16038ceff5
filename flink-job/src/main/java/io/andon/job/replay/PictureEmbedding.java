package io.andon.job.replay;

import io.andon.embedding.Embedder;
import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.embedding.flink.FrameRecord;
import io.andon.embedding.flink.StageTimes;
import io.andon.embedding.picture.DecodeResult;
import io.andon.embedding.picture.PictureDecoder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes and embeds frames in batches, in their order. Frames that the job would set aside are
 * left out; those that repeat a picture keep their place and need no model. An embedding's bits
 * don't depend on its batch, so these are the job's. Used by one thread.
 */
final class PictureEmbedding {
  private static final StageTimes NO_TIMES = new StageTimes(0, 0, 0);

  private final PictureDecoder decoder;
  private final Embedder embedder;
  private final Consumer<EmbeddedFrame> sink;
  private final List<FrameRecord> frames = new ArrayList<>();
  private final List<Picture> pictures = new ArrayList<>();
  private @Nullable InputShape shape;

  /**
   * @param sink gets the embedded frames
   */
  PictureEmbedding(PictureDecoder decoder, Embedder embedder, Consumer<EmbeddedFrame> sink) {
    this.decoder = decoder;
    this.embedder = embedder;
    this.sink = sink;
  }

  /** Takes a frame; it is given on with its batch. */
  void add(FrameRecord frame) {
    if (frame.metadata().repeatsPicture()) {
      if (pictures.isEmpty()) {
        give(frame, null);
      } else {
        frames.add(frame);
      }
      return;
    }
    int width = frame.metadata().width();
    int height = frame.metadata().height();
    InputShape needed = embedder.inputShapeFor(width, height);
    if (!needed.equals(shape)) {
      flush();
      shape = needed;
    }
    if (decoder.decode(frame.picture(), width, height, needed)
        instanceof DecodeResult.Decoded decoded) {
      frames.add(frame);
      pictures.add(decoded.picture());
      if (pictures.size() == embedder.maxBatch()) {
        flush();
      }
    }
  }

  /** Gives on what waits. */
  void flush() {
    if (pictures.isEmpty()) {
      return;
    }
    Iterator<EmbeddingResult> results = embedder.embed(pictures).iterator();
    for (FrameRecord frame : frames) {
      if (frame.metadata().repeatsPicture()) {
        give(frame, null);
      } else if (results.next() instanceof EmbeddingResult.Valid valid) {
        give(frame, valid.embedding());
      }
    }
    frames.clear();
    pictures.clear();
  }

  private void give(FrameRecord frame, @Nullable FrameEmbedding embedding) {
    sink.accept(
        new EmbeddedFrame(
            frame.metadata(),
            frame.ref(),
            frame.recordTimestampMicros(),
            embedding,
            NO_TIMES,
            embedder.space().id()));
  }
}
