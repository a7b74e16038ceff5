package io.andon.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraAddressTest {
  @Test
  void takesAnAddressWithoutUserAndPassword() {
    assertThat(CameraAddress.parse("rtsp://cam.example:554/stream?profile=1").uri().getHost())
        .isEqualTo("cam.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://operator:swordfish@cam.example/stream",
        "rtsp://operator:sword fish@cam.example/",
        "rtsp://swordfish@cam.example/",
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
      strings = {"rtsp://my_camera/stream", "rtsp://cam.example:99999/stream", "rtsp://:554/"})
  void refusesAHostThatIngestWouldRefuseAndSaysWhy(String address) {
    assertThatThrownBy(() -> CameraAddress.parse(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("no underscore", "IP address", "65535");
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
