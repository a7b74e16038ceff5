package io.andon.bench.speed.peer;

import io.andon.contracts.FrameMetadata;
import io.andon.embedding.Embedder;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.EmbedderLease;
import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.Picture;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.embedding.flink.FrameRecord;
import io.andon.embedding.flink.PictureDecoderFactory;
import io.andon.embedding.flink.StageTimes;
import io.andon.embedding.picture.DecodeResult;
import io.andon.embedding.picture.PictureDecoder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What every peer does to a frame: the job's decoder, then the job's model. */
final class PictureWork implements AutoCloseable {
  private final EmbedderLease lease;
  private final Embedder embedder;
  private final PictureDecoder decoder;
  private final String spaceId;
  private final Clock clock = Clock.systemUTC();

  /** A frame whose picture is decoded. */
  record Ready(FrameRecord frame, Picture picture, long decodedMicros) {}

  PictureWork(EmbedderFactory embedders, PictureDecoderFactory decoders) {
    lease = embedders.acquire();
    embedder = lease.embedder();
    decoder = decoders.create();
    spaceId = embedder.space().id();
  }

  Ready decode(FrameRecord frame) {
    FrameMetadata metadata = frame.metadata();
    DecodeResult result =
        decoder.decode(
            frame.picture(),
            metadata.width(),
            metadata.height(),
            embedder.inputShapeFor(metadata.width(), metadata.height()));
    if (result instanceof DecodeResult.Decoded decoded) {
      return new Ready(frame, decoded.picture(), micros());
    }
    throw new IllegalStateException("a rendered picture can't be decoded");
  }

  /** Embeds pictures of one size, as many as are given. */
  List<EmbeddedFrame> embed(List<Ready> batch) {
    List<EmbeddingResult> results = embedder.embed(batch.stream().map(Ready::picture).toList());
    long now = micros();
    List<EmbeddedFrame> frames = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      Ready ready = batch.get(i);
      FrameRecord frame = ready.frame();
      frames.add(
          new EmbeddedFrame(
              frame.metadata(),
              frame.ref(),
              frame.recordTimestampMicros(),
              ((EmbeddingResult.Valid) results.get(i)).embedding(),
              new StageTimes(frame.fetchedMicros(), ready.decodedMicros(), now),
              spaceId));
    }
    return frames;
  }

  private long micros() {
    return clock.millis() * 1_000;
  }

  @Override
  public void close() {
    lease.close();
  }
}
