package io.andon.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.config.ConfigException;
import io.andon.config.ConfigLoader;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.IngestConfig;
import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReconnectWaitsTest {
  private final ReconnectWaits waits = ReconnectWaits.of(camera());

  ReconnectWaitsTest() throws ConfigException {}

  @Test
  void waitsDoubleEachFromItsHalfOn() {
    assertSpread(1, 250, 500);
    assertSpread(2, 500, 1_000);
    assertSpread(4, 2_000, 4_000);
  }

  @Test
  void theLongestWaitIsSpreadTooAndNeverExceeded() {
    assertSpread(6, 7_500, 15_000);
    assertSpread(30, 7_500, 15_000);
  }

  @Test
  void aRefusedPasswordWaitsLongFromTheFirstTimeOn() {
    assertThat(waits.millis(StopReason.UNAUTHORIZED, 1)).isEqualTo(300_000);
  }

  private void assertSpread(int attempt, long least, long most) {
    LongSummaryStatistics seen =
        LongStream.range(0, 1_000)
            .map(i -> waits.millis(StopReason.UNREACHABLE, attempt))
            .summaryStatistics();
    long tenth = (most - least) / 10;
    assertThat(seen.getMin()).as("attempt %d", attempt).isBetween(least, least + tenth);
    assertThat(seen.getMax()).as("attempt %d", attempt).isBetween(most - tenth, most);
  }

  private static CameraConfig camera() throws ConfigException {
    String yaml = "kafka: {bootstrapServers: x:1}\ncameras: [{id: a, url: \"rtsp://cam/live\"}]\n";
    return ConfigLoader.load(yaml, "test", IngestConfig.SCHEMA, IngestConfig.class)
        .cameras()
        .get(0);
  }
}
