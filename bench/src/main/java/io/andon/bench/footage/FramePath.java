package io.andon.bench.footage;

import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import io.andon.detection.Observation;
import io.andon.embedding.Embedder;
import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.embedding.flink.StageTimes;
import io.andon.embedding.picture.DecodeResult;
import io.andon.embedding.picture.PictureDecoder;
import io.andon.job.detect.Observations;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of a frame from its JPEG to what detection sees of it, by the parts that the job uses:
 * decoder, model in batches, observation. Not thread-safe.
 */
public final class FramePath {
  /** Takes the observations, in the order in which the frames were added. */
  public interface Sink {
    /** One frame's observation. */
    void take(FrameMetadata frame, Observation observation);
  }

  private final PictureDecoder decoder;
  private final Embedder embedder;
  private final Sink sink;
  private final List<Picture> pictures = new ArrayList<>();
  private final List<FrameMetadata> frames = new ArrayList<>();

  /**
   * @param decoder the job's decoder
   * @param embedder the job's embedder
   * @param sink where observations go
   */
  public FramePath(PictureDecoder decoder, Embedder embedder, Sink sink) {
    this.decoder = decoder;
    this.embedder = embedder;
    this.sink = sink;
  }

  /**
   * Takes a frame at the shape that the model chooses for it.
   *
   * @throws UnusablePictureException if the decoder rejects it
   */
  public void add(FrameMetadata frame, byte[] jpeg) throws UnusablePictureException {
    add(frame, jpeg, embedder.inputShapeFor(frame.width(), frame.height()));
  }

  /**
   * Takes a frame at a given shape of the model.
   *
   * @throws UnusablePictureException if the decoder rejects it
   */
  public void add(FrameMetadata frame, byte[] jpeg, InputShape shape)
      throws UnusablePictureException {
    DecodeResult result = decoder.decode(jpeg, frame.width(), frame.height(), shape);
    if (result instanceof DecodeResult.Rejected rejected) {
      throw new UnusablePictureException(rejected.reason() + ": " + rejected.detail());
    }
    if (result instanceof DecodeResult.Decoded decoded) {
      Picture picture = decoded.picture();
      if (!pictures.isEmpty()
          && (pictures.get(0).width() != picture.width()
              || pictures.get(0).height() != picture.height())) {
        flush();
      }
      pictures.add(picture);
      frames.add(frame);
      if (pictures.size() == embedder.maxBatch()) {
        flush();
      }
    }
  }

  /** Hands on the frames that wait for a full batch. */
  public void flush() {
    if (pictures.isEmpty()) {
      return;
    }
    List<EmbeddingResult> results = embedder.embed(pictures);
    for (int i = 0; i < results.size(); i++) {
      FrameMetadata frame = frames.get(i);
      if (!(results.get(i) instanceof EmbeddingResult.Valid valid)) {
        throw new IllegalStateException(
            "the model gave no finite embedding of " + frame.camera() + ", frame " + frame.seq());
      }
      sink.take(frame, observation(frame, valid));
    }
    pictures.clear();
    frames.clear();
  }

  private Observation observation(FrameMetadata frame, EmbeddingResult.Valid valid) {
    FrameRef ref =
        new FrameRef("replay", 0, frame.seq(), frame.camera(), frame.play(), frame.seq());
    return Observations.of(
        new EmbeddedFrame(
            frame,
            ref,
            frame.capturedMicros(),
            valid.embedding(),
            new StageTimes(0, 0, 0),
            embedder.space().id()),
        true);
  }
}
