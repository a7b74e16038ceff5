package io.andon.ingest.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.config.Secret;
import org.junit.jupiter.api.Test;

class RedactionTest {
  @Test
  void passwordsAndQueriesAreTakenOut() {
    Redaction redaction = new Redaction("rtsp://cam/live?token=abc", new Secret("hunter2"));

    assertThat(redaction.apply("can't open rtsp://cam/live?token=abc with hunter2, token=abc"))
        .isEqualTo("can't open rtsp://cam/live?... with ***, ***");
  }

  @Test
  void parametersInThePathAreTakenOutInWhateverAddressTheyStand() {
    Redaction redaction =
        new Redaction("rtsp://cam/user=admin&password=hunter2&channel=1?stream=0", null);

    assertThat(
            redaction.apply(
                "rtsp://cam/user=admin&password=hunter2&channel=1?stream=0,"
                    + " rtsp://cam:554/user=admin&password=hunter2&channel=1/trackID=0"))
        .isEqualTo("rtsp://cam/..., rtsp://cam:554/***/trackID=0");
  }

  @Test
  void escapesThatWereResolvedDoNotHideASecret() {
    Redaction redaction = new Redaction("rtsp://cam/user=a&password=hunter%232", null);

    assertThat(redaction.apply("no stream /user=a&password=hunter#2")).isEqualTo("no stream /***");
  }

  @Test
  void textsStayOnOneLineAndAreBounded() {
    Redaction redaction = new Redaction("rtsp://cam/live", null);

    assertThat(redaction.apply("two\nlines")).isEqualTo("two lines");
    assertThat(redaction.apply("x".repeat(10_000))).hasSizeLessThan(500);
  }
}
