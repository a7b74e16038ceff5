package io.andon.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.andon.bench.speed.ScoreTail.Arrival;
import io.andon.contracts.CapturedFrame;
import io.andon.contracts.FrameRef;
import io.andon.contracts.ScoreRecord;
import io.andon.contracts.ScoreRecord.LatencyStage;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is told of the latencies of a steady load. */
class OpenLoopTest {
  private static final long CAPTURED = 1_764_000_000_000_000L;

  @Test
  void theSlowestHundredthIsSplitByStage() {
    // Every hundredth frame waits for the model, all others for nothing in particular.
    List<Arrival> arrivals =
        IntStream.range(0, 1_000)
            .mapToObj(i -> i % 100 == 7 ? arrival(i, 90_000, 70_000) : arrival(i, 30_000, 15_000))
            .toList();

    OpenLoop run = OpenLoop.of(50, arrivals);

    assertThat(run.frames()).isEqualTo(1_000);
    assertThat(run.millisAt(50)).isCloseTo(30, within(0.1));
    assertThat(run.stages().get(LatencyStage.EMBED)).isCloseTo(15, within(0.1));
    assertThat(run.slowest().get(LatencyStage.EMBED)).isEqualTo(70);
    assertThat(run.slowest().get(LatencyStage.DETECT)).isZero();
    assertThat(run.growth()).isEqualTo(1);
  }

  @Test
  void aLatencyThatGrowsIsTold() {
    List<Arrival> arrivals =
        IntStream.range(0, 300).mapToObj(i -> arrival(i, 10_000 + i * 1_000L, 0)).toList();

    assertThat(OpenLoop.of(50, arrivals).growth()).isCloseTo(260 / 60.0, within(0.1));
  }

  private static Arrival arrival(int seq, long latencyMicros, long embedMicros) {
    FrameRef frame = new FrameRef("frames", 0, seq, "a", 1, seq);
    ScoreRecord score =
        new ScoreRecord(
            new CapturedFrame(frame, CAPTURED),
            0.5,
            0.5,
            ScoreRecord.State.NORMAL,
            1,
            Map.of(LatencyStage.EMBED, embedMicros));
    return new Arrival(score, CAPTURED + latencyMicros);
  }
}
