package io.andon.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {
  @ParameterizedTest
  @CsvSource({
    "embed-decode-1, EMBED",
    "embed-model-0, EMBED",
    "embed-async, EMBED",
    "embed-windows -> Sink: Writer (1/2)#0, EMBED",
    "Source Data Fetcher for Source: frames (1/1)#0, FETCH",
    "kafka-producer-network-thread | producer-3, SINKS",
    "kafka-producer-network-thread | bench-load, SURROUNDINGS",
    "data-plane-kafka-request-handler-1, SURROUNDINGS",
    "dead-letters: Writer -> dead-letters: Committer (1/1)#0, SINKS",
    "Time Trigger for detect -> (incidents: Writer (1/1)#0, SHUFFLE",
    "a thread of somebody else, SURROUNDINGS"
  })
  void aThreadIsKnownByItsName(String thread, Stage stage) {
    assertThat(Stage.ofThread(thread)).isEqualTo(stage);
  }

  @Test
  void aSampleBelongsToTheInnermostKnownClass() {
    assertThat(
            Stage.ofStack(
                List.of(
                    "java.util.Arrays",
                    "io.andon.detection.PrototypeMemory",
                    "io.andon.job.detect.LiveCamera",
                    "io.andon.job.detect.DetectOperator")))
        .isEqualTo(Stage.DETECT);
    assertThat(
            Stage.ofStack(
                List.of(
                    "io.andon.contracts.Json",
                    "io.andon.job.events.EventEncoder",
                    "io.andon.job.detect.DetectOperator")))
        .isEqualTo(Stage.SINKS);
    assertThat(Stage.ofStack(List.of("org.apache.flink.runtime.io.network.Buffer")))
        .isEqualTo(Stage.SHUFFLE);
  }

  @Test
  void writingADetectorBackIsStateAlthoughDetectionEncodesIt() {
    assertThat(
            Stage.ofStack(
                List.of(
                    "io.andon.detection.SnapshotWriter",
                    "io.andon.job.detect.LiveCamera",
                    "io.andon.job.detect.CameraCache",
                    "io.andon.job.detect.DetectOperator")))
        .isEqualTo(Stage.STATE);
  }
}
