package io.andon.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.ingest.settings.IngestConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraAddressTest {
  private static final Ports PORTS = new Ports(1, 2, 3, 4, 5, 6);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://cam.example:554/stream?profile=1",
        "rtsp://cam_press_1:8554/live",
        "rtsps://[2001:db8::1]/live",
        "rtsp://cam/{1}|^a%zz?x=[:99999]@home"
      })
  void takesWhatIngestTakes(String address, @TempDir Path folder) throws Exception {
    String url = CameraAddress.parse(address).url();

    WatchedCamera camera = new WatchedCamera("my-camera", url, Optional.empty(), false);
    Path file = ServiceFiles.ingest(RunFolder.prepare(folder), PORTS, List.of(camera), 10);
    assertThat(IngestConfig.load(file).cameras())
        .singleElement()
        .satisfies(read -> assertThat(read.url()).isEqualTo(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://operator:swordfish@cam.example/stream",
        "rtsp://operator:sword fish@cam.example/",
        "rtsp://swordfish@cam.example/",
        "rtsp://cam.example/sword fish",
        "rtsp://cam.example/#swordfish",
        "http://operator:swordfish@cam.example/",
        "swordfish"
      })
  void refusesWhatHoldsAPasswordOrIsNoCameraAndNeverShowsIt(String address) {
    assertThatThrownBy(() -> CameraAddress.parse(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .doesNotContain("swordfish")
        .doesNotContain("sword fish");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rtsp://kamera-müller/live", "rtsp://cam.example:99999/stream", "rtsp://:554/"})
  void refusesAHostThatIngestWouldRefuseAndSaysWhy(String address) {
    assertThatThrownBy(() -> CameraAddress.parse(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("IP address", "'_'", "65535");
  }

  @Test
  void aPasswordInTheEnvironmentIsInheritedAndNotAskedFor() {
    Map<String, String> own = Map.of("ANDON_CAMERA_PASSWORD", "swordfish");
    assertThat(CameraPassword.environment(Optional.of("operator"), own, null)).isEmpty();
    assertThat(CameraPassword.environment(Optional.empty(), Map.of(), null)).isEmpty();
  }

  @Test
  void withoutATerminalAMissingPasswordSaysWhereToPutIt() {
    assertThatThrownBy(() -> CameraPassword.environment(Optional.of("operator"), Map.of(), null))
        .hasMessageContaining("ANDON_CAMERA_PASSWORD");
  }
}
