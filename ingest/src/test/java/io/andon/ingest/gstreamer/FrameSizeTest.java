package io.andon.ingest.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.ingest.camera.StopReason;
import io.andon.ingest.camera.StreamEndedException;
import io.andon.ingest.testing.TestCameras;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameSizeTest {
  @Test
  void keepsTheAspectRatioToTheShortSide() throws Exception {
    assertThat(FrameSize.of(TestCameras.with(""), 1920, 1080, 1, 1))
        .isEqualTo(new FrameSize(512, 288));
    assertThat(FrameSize.of(TestCameras.with(""), 1080, 1920, 1, 1))
        .isEqualTo(new FrameSize(288, 512));
  }

  @Test
  void anamorphicPicturesComeOutAsTheyLook() throws Exception {
    assertThat(FrameSize.of(TestCameras.with(""), 720, 576, 64, 45))
        .isEqualTo(new FrameSize(512, 288));
  }

  @Test
  void smallPicturesAreNotEnlarged() throws Exception {
    assertThat(FrameSize.of(TestCameras.with(""), 320, 240, 1, 1))
        .isEqualTo(new FrameSize(320, 240));
  }

  @Test
  void anExactSizeIsTakenAsItIs() throws Exception {
    assertThat(FrameSize.of(TestCameras.with(", width: 224, height: 224"), 1920, 1080, 1, 1))
        .isEqualTo(new FrameSize(224, 224));
  }

  @Test
  void theLargestSizeThatTheJobDecodesIsTaken() throws Exception {
    assertThat(FrameSize.of(TestCameras.with(", shortSide: 2160"), 7680, 4320, 1, 1))
        .isEqualTo(new FrameSize(3840, 2160));
    assertThat(FrameSize.of(TestCameras.with(""), 64, 2, 64, 1)).isEqualTo(new FrameSize(4096, 2));
  }

  @Test
  void aSizeThatTheJobWouldNotDecodeIsRefusedInWords() {
    assertThatThrownBy(() -> FrameSize.of(TestCameras.with(", shortSide: 2160"), 5120, 2160, 1, 1))
        .isInstanceOfSatisfying(
            StreamEndedException.class,
            end -> assertThat(end.reason()).isEqualTo(StopReason.STREAM_ERROR))
        .hasMessage(
            "pictures of 5120x2160 with pixels of 1:1 make frames of width 5120 and height 2160;"
                + " allowed are 4096 a side and 9437184 pixels");
  }

  @ParameterizedTest
  @CsvSource({"640, 480, 2147483647, 1", "640, 2147483646, 1, 2147483647", "16, 16, 1025, 1"})
  void noPixelAspectRatioMakesASizeBeyondBounds(int width, int height, int wide, int high) {
    assertThatThrownBy(() -> FrameSize.of(TestCameras.with(""), width, height, wide, high))
        .isInstanceOf(StreamEndedException.class)
        .hasMessageContaining("allowed are 4096 a side");
  }
}
