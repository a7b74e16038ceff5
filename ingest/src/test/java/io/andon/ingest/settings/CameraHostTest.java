package io.andon.ingest.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraHostTest {
  @ParameterizedTest
  @CsvSource({
    "rtsp://cam/live, cam, -1",
    "rtsp://cam_press_1:8554/live, cam_press_1, 8554",
    "rtsps://192.0.2.1?a=b, 192.0.2.1, -1",
    "rtsp://[2001:db8::1]:554/live, [2001:db8::1], 554",
    "rtsp://[fe80::1%eth0]/live, [fe80::1%eth0], -1",
    "rtsp://cam:554/user=a&password=b, cam, 554",
    "'rtsp://cam/{1}|^a%zz?x=[:99999]', cam, -1",
  })
  void isFoundWhateverFollowsIt(String url, String name, int port) {
    assertThat(CameraHost.of(url)).hasValue(new CameraHost(name, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://cam:0/live",
        "rtsp://cam:65536/live",
        "rtsp://cam:/live",
        "rtsp://cam:port/live",
        "rtsp://user@cam/live",
        "rtsp://kamera-müller/live",
        "rtsp://[cam]/live",
        "rtsp://2001:db8::1/live",
        "http://cam/live",
        "rtsp:///live"
      })
  void isNoneWhereNothingCanBeConnectedTo(String url) {
    assertThat(CameraHost.of(url)).isEmpty();
  }
}
