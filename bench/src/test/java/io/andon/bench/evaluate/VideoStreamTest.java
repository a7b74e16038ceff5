package io.andon.bench.evaluate;

import static io.andon.bench.evaluate.Passes.tested;
import static io.andon.bench.evaluate.Passes.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.andon.bench.evaluate.DetectorRun.Incident;
import io.andon.bench.evaluate.VideoStream.Shot;
import io.andon.bench.evaluate.data.VideoSet.Clip;
import io.andon.bench.footage.Reel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clips of unlike rates, each played and measured at its own. */
class VideoStreamTest {
  private static final int FRAMES = 50;
  private static final Clip SLOW = Passes.halfAnomalous("test/slow", FRAMES);
  private static final Clip FAST = Passes.halfAnomalous("test/fast", FRAMES);
  private static final Clip WIDE = Passes.halfAnomalous("test/wide", FRAMES);
  private static final List<Clip> CLIPS = List.of(SLOW, FAST);

  @TempDir private Path folder = Path.of("");
  private Reel reel;
  private VideoStream stream;

  @BeforeEach
  void recordClips() throws IOException {
    Path file = folder.resolve("clips.reel");
    try (Reel.Recorder recorder = new Reel.Recorder(file)) {
      Passes.record(recorder, SLOW.id(), FRAMES, 5);
      Passes.record(recorder, FAST.id(), FRAMES, 25);
      Passes.record(recorder, WIDE.id(), FRAMES, 25, 3);
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
  void eachClipIsPlayedAtItsOwnRate() throws IOException {
    assertThat(stream.fps(CLIPS)).containsEntry(SLOW.id(), 5.0).containsEntry(FAST.id(), 25.0);
    List<Long> steps = new ArrayList<>();
    long[] last = {0};
    stream.play(
        stream.shots(CLIPS),
        (shot, observation, pauseUntil) -> {
          if (!shot.startsPlay()) {
            steps.add(observation.stamp().capturedMicros() - last[0]);
          }
          last[0] = observation.stamp().capturedMicros();
        });
    assertThat(steps.subList(0, FRAMES - 1)).containsOnly(200_000L);
    assertThat(steps.subList(FRAMES - 1, steps.size())).hasSize(FRAMES - 1).containsOnly(40_000L);
  }

  @Test
  void sizesOfClipsAreToldByTheGridsThatTheyMake() throws IOException {
    assertThat(stream.sizesByGrid(CLIPS).values()).containsExactly("1 x 1 pixels");
    assertThat(stream.sizesByGrid(List.of(SLOW, WIDE, FAST)).values())
        .containsExactly("1 x 1 pixels", "3 x 1 pixels");
  }

  @Test
  void secondsAreThoseOfEachClip() {
    List<Shot> shots = stream.shots(CLIPS);
    List<ScoredFrame> frames =
        Stream.of(times(25, tested(0, false, true)), times(25, tested(1, true, true)))
            .flatMap(half -> half)
            .toList();
    List<ScoredFrame> both = new ArrayList<>(frames);
    both.addAll(frames);
    List<Incident> incidents = List.of(new Incident(26, 30, 50, 1), new Incident(76, 85, 100, 1));
    Figures figures = new Figures("yard", "all");
    new VideoFigures(new VideoRun(shots, both, incidents, 1, 1)).addAlarms(figures, 1);
    assertThat(figures.get("events_found")).isEqualTo(2);
    assertThat(figures.number("delay_median_frames")).isEqualTo(7.5);
    assertThat(figures.number("delay_max_seconds")).as("5 frames of the slow one").isEqualTo(1);
    assertThat(figures.number("delay_median_seconds")).isEqualTo((1 + 0.4) / 2);
    assertThat(figures.number("normal_hours_test") * 3_600).isCloseTo(5 + 1, within(1e-9));
  }
}
