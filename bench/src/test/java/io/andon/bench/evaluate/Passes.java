package io.andon.bench.evaluate;

import io.andon.bench.evaluate.data.VideoSet.Clip;
import io.andon.bench.footage.Reel;
import io.andon.detection.CameraState;
import io.andon.detection.DetectorScores;
import io.andon.detection.DetectorScores.ChannelScore;
import io.andon.detection.FrameStamp;
import io.andon.detection.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Frames and passes for tests, as small as they come. */
final class Passes {
  private static final ChannelScore NOTHING = new ChannelScore(Double.NaN, 0, 1);

  private Passes() {}

  /** A frame of a test clip. */
  static ScoredFrame tested(double score, boolean anomalous, boolean warm) {
    return new ScoredFrame(
        "test/01",
        0,
        true,
        anomalous,
        score,
        warm ? CameraState.NORMAL : CameraState.WARMING_UP,
        warm,
        new DetectorScores(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, 0));
  }

  /** So many times the same frame. */
  static Stream<ScoredFrame> times(int count, ScoredFrame frame) {
    return IntStream.range(0, count).mapToObj(i -> frame);
  }

  /** Adds a clip to a reel. */
  static void record(Reel.Recorder recorder, String clip, int frames, double fps)
      throws IOException {
    record(recorder, clip, frames, fps, 1);
  }

  /** The same with frames of so many cells in a row, of a pixel each. */
  static void record(Reel.Recorder recorder, String clip, int frames, double fps, int columns)
      throws IOException {
    for (int seq = 0; seq < frames; seq++) {
      FrameStamp stamp = new FrameStamp(Math.round(seq * 1e6 / fps), 1, seq, 0, seq);
      recorder.write(clip, observation(stamp, columns));
    }
  }

  private static Observation observation(FrameStamp stamp, int columns) {
    byte[] one = new byte[1];
    byte[] patches = new byte[columns];
    return new Observation(
        stamp, "space", columns, 1, 1, columns, 1, patches, one, 1, 1, one, false);
  }

  /** A test clip of which the latter half is anomalous. */
  static Clip halfAnomalous(String id, int frames) {
    boolean[] labels = new boolean[frames];
    Arrays.fill(labels, frames / 2, frames, true);
    return new Clip(id, nowhere(), labels, null);
  }

  /** A path that no file needs to be at. */
  static Path nowhere() {
    return Path.of("nowhere");
  }
}
