package io.andon.ingest.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorTextTest {
  private static final String MESSAGE = "Could not open resource for reading and writing.";
  private static final String WHERE =
      "../gst/rtsp/gstrtspsrc.c(8131): gst_rtspsrc_retrieve_sdp ():"
          + " /GstPipeline:pipeline0/GstRTSPSrc:src";

  @Test
  void theLastLineOfTheDebugTextIsAdded() {
    assertThat(ErrorText.of(MESSAGE, WHERE + ":\nFailed to connect. (Connection refused)\n"))
        .isEqualTo(MESSAGE + " Failed to connect. (Connection refused)");
  }

  @Test
  void whereItHappenedInTheSourceIsNot() {
    assertThat(ErrorText.of(MESSAGE, WHERE)).isEqualTo(MESSAGE);
    assertThat(ErrorText.of(MESSAGE, "")).isEqualTo(MESSAGE);
  }

  @Test
  void nothingIsSaidTwice() {
    assertThat(ErrorText.of("Not found", WHERE + ":\nNot found")).isEqualTo("Not found");
  }
}
