package io.andon.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameHeaders;
import org.junit.jupiter.api.Test;

class OutgoingFrameTest {
  @Test
  void holdsWhatHeadersCanTell() {
    assertThat(frame(1, FrameHeaders.MAX_SIDE, 0).height()).isEqualTo(FrameHeaders.MAX_SIDE);
  }

  @Test
  void refusesWhatTheyCanNot() {
    assertThatThrownBy(() -> frame(16_385, 64, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width is 16385, allowed is 1 to 16384");
    assertThatThrownBy(() -> frame(64, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("height is 0, allowed is 1 to 16384");
    assertThatThrownBy(() -> frame(64, 64, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("capturedMicros is -1");
    assertThatThrownBy(() -> frame(64, 64, 0).thinned(false, true, 1001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("intervals is 1001");
  }

  private static OutgoingFrame frame(int width, int height, long capturedMicros) {
    return new OutgoingFrame(
        new byte[] {1}, width, height, capturedMicros, ClockSource.ARRIVAL, false, false, false, 1);
  }
}
