package io.andon.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.embedding.flink.EmbedSettings;
import io.andon.job.archive.ArchiveSettings;
import io.andon.job.events.OutboundRecord;
import io.andon.job.frames.RawRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same frames give the same bits - scores, events and the detectors' whole state as it is
 * archived - on any batch size, number of threads, parallelism and restart point.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DeterminismTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FRAMES = 400;

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all
  private static Bits expected;

  /** All that a run gave. */
  private record Bits(
      Map<String, String> scores, Map<String, String> incidents, Map<String, String> snapshots) {}

  @BeforeAll
  static void runPictureByPicture() throws Exception {
    expected = run("alone", 1, 1, 1);
    assertThat(expected.scores).hasSize(2 * FRAMES);
    assertThat(expected.incidents).isNotEmpty();
    assertThat(expected.snapshots).as("of both cameras").hasSizeGreaterThan(8);
  }

  @ParameterizedTest(name = "batches of {0}, {1} decoding threads, parallelism {2}")
  @CsvSource({"2, 1, 1", "7, 2, 1", "8, 4, 2", "3, 3, 2", "8, 0, 1", "5, 0, 2"})
  void onAnyBatchSizeNumberOfThreadsAndParallelism(int batch, int threads, int parallelism)
      throws Exception {
    String name = "run-%d-%d-%d".formatted(batch, threads, parallelism);

    assertThat(run(name, batch, threads, parallelism)).isEqualTo(expected);
  }

  /** Few frames a checkpoint restart late behind many checkpoints, many early. */
  @ParameterizedTest(name = "{0} frames a checkpoint")
  @ValueSource(ints = {45, 100, 230})
  void onAnyRestartPoint(int framesPerCheckpoint) throws Exception {
    MemoryEnds ends = MemoryEnds.breakingAtTheFirstIncident(framesPerCheckpoint, frames());
    Path archive = folder.resolve("restart-" + framesPerCheckpoint);

    TestJob.runRestarted(ends, "hashmap", settings(archive, 4, 2));

    assertThat(ends.given(JobOutput.INCIDENTS))
        .as("the first event twice: it did restart")
        .hasSize(expected.incidents.size() + 1);
    assertThat(bits(ends, archive)).isEqualTo(expected);
  }

  @Test
  void withAnArchiveThatCantBeWrittenToo() throws Exception {
    Path noDirectory = Files.writeString(folder.resolve("a-file"), "in the way");
    MemoryEnds ends = new MemoryEnds(frames(), List.of());

    TestJob.run(ends, 1, settings(noDirectory, 8, 2));

    Bits bits = bits(ends, folder.resolve("run-never-made"));
    assertThat(bits.snapshots).isEmpty();
    assertThat(bits.scores).isEqualTo(expected.scores);
    assertThat(bits.incidents).isEqualTo(expected.incidents);
  }

  private static Bits run(String name, int batch, int threads, int parallelism) throws Exception {
    MemoryEnds ends = new MemoryEnds(frames(), List.of());
    Path archive = folder.resolve(name);
    TestJob.run(ends, parallelism, settings(archive, batch, threads));
    return bits(ends, archive);
  }

  /** Without decoding threads the model's own decode, as many as there are cores. */
  private static JobSettings settings(Path archive, int batch, int threads) {
    int calls = threads == 0 ? Runtime.getRuntime().availableProcessors() : 2;
    return TestJob.settings(
        new EmbedSettings(64, 64L << 20, batch, calls, threads, Duration.ofSeconds(30)),
        new ArchiveSettings(archive.toUri().toString(), 5_000, 86_400_000, 1_000));
  }

  private static Bits bits(MemoryEnds ends, Path archive) throws IOException {
    Map<String, String> scores = new TreeMap<>();
    for (OutboundRecord score : ends.given(JobOutput.SCORES)) {
      JsonNode json = JSON.readTree(score.value());
      ((ObjectNode) json).remove("latencyMicros"); // the wall clock's
      scores.put(score.keyText() + " " + json.at("/frame/seq").asText(), json.toString());
    }
    Map<String, String> incidents = new TreeMap<>();
    for (OutboundRecord event : ends.given(JobOutput.INCIDENTS)) {
      incidents.put(String.valueOf(event.header("ce_id")), event.valueText());
    }
    Map<String, String> snapshots = new TreeMap<>();
    Path root = Files.createDirectories(archive);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        snapshots.put(
            root.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return new Bits(scores, incidents, snapshots);
  }

  /**
   * One camera behind the other, the first with a gate: two readers get one each, as they would a
   * partition each.
   */
  private static List<RawRecord> frames() {
    List<RawRecord> frames = new ArrayList<>();
    for (int seq = 0; seq < FRAMES; seq++) {
      frames.add(LineFrames.gated("line-a", seq, seq >= 260 && seq < 330));
    }
    for (int seq = 0; seq < FRAMES; seq++) {
      frames.add(LineFrames.frame("line-b", seq, false));
    }
    return frames;
  }
}
