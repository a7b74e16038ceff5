package io.andon.ingest.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.config.ConfigLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraAddressTest {
  @ParameterizedTest
  @CsvSource({
    "rtsp://cam, rtsp://cam",
    "rtsp://cam:554/live/main, rtsp://cam:554/live/main",
    "rtsp://cam/live?token=x, rtsp://cam/live?...",
    "rtsp://cam?token=x, rtsp://cam?...",
    "rtsps://cam:322/user=admin&password=x&channel=1, rtsps://cam:322/...",
    "rtsp://cam/live/user%3Dadmin/x, rtsp://cam/...",
    "rtsp://[::1]:554/user=a?b=c, rtsp://[::1]:554/..."
  })
  void isShownWithoutItsParameters(String url, String shown) {
    assertThat(CameraAddress.shown(url)).isEqualTo(shown);
  }

  @Test
  void whatIsHiddenIsToldAsWrittenAndWithEscapesResolved() {
    assertThat(CameraAddress.hidden("rtsp://cam/live/main")).isEmpty();
    assertThat(CameraAddress.hidden("rtsp://cam/live?token=a%20b"))
        .containsExactly("token=a%20b", "token=a b");
    assertThat(CameraAddress.hidden("rtsp://cam/user=a&password=b?c=d"))
        .containsExactly("user=a&password=b?c=d", "user=a&password=b", "c=d");
    assertThat(CameraAddress.hidden("rtsp://cam/live?a={b}%C3%A4|100%"))
        .containsExactly("a={b}%C3%A4|100%", "a={b}ä|100%");
  }

  @Test
  void aCameraIsPrintedWithoutItsParameters() throws Exception {
    String yaml =
        """
        kafka: {bootstrapServers: x:1}
        cameras: [{id: a, url: "rtsp://cam/user=admin&password=hunter2"}]
        """;

    assertThat(ConfigLoader.load(yaml, "test", IngestConfig.SCHEMA, IngestConfig.class).toString())
        .contains("rtsp://cam/...")
        .doesNotContain("hunter2");
  }
}
