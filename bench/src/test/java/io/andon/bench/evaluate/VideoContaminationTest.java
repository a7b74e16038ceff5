package io.andon.bench.evaluate;

import static io.andon.bench.evaluate.Passes.tested;
import static io.andon.bench.evaluate.Passes.times;
import static org.assertj.core.api.Assertions.assertThat;

import io.andon.bench.evaluate.data.VideoSet.Clip;
import io.andon.bench.footage.Reel;
import io.andon.detection.DetectorSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why poison is not measured, where it is not. */
class VideoContaminationTest {
  private static final int WARM_UP = 40;
  private static final int TRAIN_FRAMES = 100;
  private static final int TEST_FRAMES = 60;
  private static final Clip TRAIN = new Clip("train/01", Passes.nowhere(), new boolean[0], null);
  private static final Clip TEST = Passes.halfAnomalous("test/01", TEST_FRAMES);

  @TempDir private Path folder = Path.of("");
  private Reel reel;
  private VideoStream stream;

  @BeforeEach
  void recordClips() throws IOException {
    Path file = folder.resolve("clips.reel");
    try (Reel.Recorder recorder = new Reel.Recorder(file)) {
      Passes.record(recorder, TRAIN.id(), TRAIN_FRAMES, 10);
      Passes.record(recorder, TEST.id(), TEST_FRAMES, 10);
      recorder.complete();
    }
    reel = Reel.open(file);
    stream = VideoStream.of(reel);
  }

  @AfterEach
  void closeReel() throws IOException {
    reel.close();
  }

  @Test
  void theOnlyTestClipCannotBePoisonAndTestAtOnce() throws IOException {
    assertThat(skipped(0.1)).containsOnly("no test clip is left, poison takes whole ones");
  }

  @Test
  void moreAnomalousFramesMayBeWantedThanThereAre() throws IOException {
    assertThat(skipped(0.9)).containsOnly("too few anomalous frames");
  }

  @Test
  void aShareOfNoFrameIsNoPoison() throws IOException {
    assertThat(skipped(0.004)).containsOnly("the share is less than one picture");
  }

  private List<Object> skipped(double share) throws IOException {
    Progress silent =
        new Progress(
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            () -> 0);
    List<ScoredFrame> frames =
        Stream.concat(
                times(WARM_UP, tested(0, false, false)),
                times(TRAIN_FRAMES - WARM_UP, tested(0, false, true)))
            .toList();
    VideoRun usual = new VideoRun(stream.shots(List.of(TRAIN)), frames, List.of(), 1, 1);
    List<Map<String, Object>> rows =
        new VideoContamination("yard", stream, DetectorSettings.defaults(), silent)
            .run(List.of(TRAIN), List.of(TEST), usual, List.of(share));
    return rows.stream().map(row -> row.getOrDefault("skipped", "measured")).toList();
  }
}
