package io.andon.quickstart.replay;

import io.andon.bench.simulator.CameraJpeg;
import io.andon.bench.simulator.LineSimulation;
import io.andon.bench.simulator.PictureSource;
import io.andon.contracts.ClockSource;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Renders a line and brings every picture to detection as the job would: JPEG, decoder, model. */
final class Footage {
  private static final int HEIGHT = 288;

  private final LineSimulation line;
  private final PictureDecoder decoder;
  private final Embedder embedder;
  private final int fps;

  Footage(LineSimulation line, PictureDecoder decoder, Embedder embedder, int fps) {
    this.line = line;
    this.decoder = decoder;
    this.embedder = embedder;
    this.fps = fps;
  }

  /** Hands on the observations of one camera after the other, each in the order of time. */
  void shoot(long startMicros, double seconds, Consumer<CameraObservation> sink)
      throws IOException {
    long frames = Math.round(seconds * fps);
    for (PictureSource camera : line.cameras()) {
      List<Picture> batch = new ArrayList<>();
      List<FrameMetadata> metadata = new ArrayList<>();
      for (long seq = 0; seq < frames; seq++) {
        long micros = startMicros + seq * 1_000_000L / fps;
        int width = camera.width() * HEIGHT / camera.height();
        metadata.add(
            new FrameMetadata(
                camera.camera(), micros, ClockSource.SENDER, 1, seq, width, HEIGHT, Set.of()));
        batch.add(decode(CameraJpeg.of(camera, micros, width, HEIGHT), width));
        if (batch.size() == embedder.maxBatch() || seq == frames - 1) {
          embed(batch, metadata, sink);
          batch.clear();
          metadata.clear();
        }
      }
    }
  }

  private void embed(
      List<Picture> batch, List<FrameMetadata> metadata, Consumer<CameraObservation> sink) {
    List<EmbeddingResult> results = embedder.embed(batch);
    for (int i = 0; i < results.size(); i++) {
      FrameMetadata frame = metadata.get(i);
      if (!(results.get(i) instanceof EmbeddingResult.Valid valid)) {
        throw new IllegalStateException("the model gave no usable embedding of a rendered picture");
      }
      FrameRef ref =
          new FrameRef("replay", 0, frame.seq(), frame.camera(), frame.play(), frame.seq());
      Observation observation =
          Observations.of(
              new EmbeddedFrame(
                  frame,
                  ref,
                  frame.capturedMicros(),
                  valid.embedding(),
                  new StageTimes(0, 0, 0),
                  embedder.space().id()));
      sink.accept(new CameraObservation(frame.camera(), observation));
    }
  }

  private Picture decode(byte[] jpeg, int width) {
    InputShape shape = embedder.inputShapeFor(width, HEIGHT);
    if (decoder.decode(jpeg, width, HEIGHT, shape) instanceof DecodeResult.Decoded decoded) {
      return decoded.picture();
    }
    throw new IllegalStateException("a rendered picture can't be decoded");
  }

  /** An observation and the camera it is of. */
  record CameraObservation(String camera, Observation observation) {}
}
