package io.andon.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.andon.bench.speed.BenchCommand.Round;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path folder;

  @Test
  void aRatioIsTheMedianOfItsRoundsAndSaysBetweenWhatTheMiddleHalfLies() throws IOException {
    Report report = new Report();
    for (double millis : new double[] {20, 25, 40, 20}) {
      report.round(round(millis, 50, 40, 40));
    }
    JsonNode figures = figures(report);
    assertThat(figures.get("ratio_to_limit").asDouble()).isEqualTo((1 + 0.8) / 2);
    assertThat(figures.get("middle_half_of_rounds").get("ratio_to_limit").asText())
        .isEqualTo("0.725 to 1.000");
  }

  @Test
  void theBestPeerIsTheFastestOverAllRoundsNotTheLuckiestOfEach() throws IOException {
    Report report = new Report();
    report.round(round(20, 50, 60, 50));
    report.round(round(20, 50, 40, 50));
    report.round(round(20, 50, 40, 50));
    JsonNode figures = figures(report);
    assertThat(figures.get("ratio_to_async").asDouble()).isEqualTo(1.25);
    assertThat(figures.get("ratio_to_windows").asDouble()).isEqualTo(1);
    assertThat(figures.get("ratio_to_batching_peer").asDouble()).isEqualTo(1);
  }

  /** A round in which limit (b) takes 20 ms of CPU a frame, and frames a second of three jobs. */
  private static Round round(double jobMillis, double job, double async, double windows) {
    return new Round(
        effort(16, 100),
        effort(20, 90),
        Map.of(
            Contender.ANDON, effort(jobMillis, job),
            Contender.ASYNC, effort(21, async),
            Contender.WINDOWS, effort(21, windows)));
  }

  private static Effort effort(double cpuMillis, double framesPerSecond) {
    long frames = 1_000;
    return new Effort(frames, frames / framesPerSecond, cpuMillis * frames / 1e3, 0, 0);
  }

  private JsonNode figures(Report report) throws IOException {
    report.finish();
    Path file = folder.resolve("figures.json");
    report.write(file);
    return new ObjectMapper().readTree(file.toFile());
  }
}
