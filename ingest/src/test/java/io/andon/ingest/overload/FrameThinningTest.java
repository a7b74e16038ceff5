package io.andon.ingest.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameHeaders;
import io.andon.ingest.camera.OutgoingFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameThinningTest {
  private final FrameThinning thinning = new FrameThinning();

  @Test
  void letsEveryFrameThroughAsItIsAtTheFullRate() {
    OutgoingFrame frame = frame(1, false);

    assertThat(thinning.admit(frame, 1)).isSameAs(frame);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 50", "0.3, 30", "0.1, 10", "0.95, 95"})
  void letsAnEvenShareThroughAndMarksIt(double share, int expected) {
    List<Long> admitted = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      OutgoingFrame frame = thinning.admit(frame(i, false), share);
      if (frame != null) {
        assertThat(frame.rateLowered()).isTrue();
        long before = admitted.isEmpty() ? -1 : admitted.get(admitted.size() - 1);
        assertThat(frame.intervals()).isEqualTo((int) (frame.capturedMicros() - before));
        admitted.add(frame.capturedMicros());
      }
    }
    assertThat(admitted.size()).isBetween(expected - 1, expected + 1);
    long widest = (long) Math.ceil(1 / share);
    for (int i = 1; i < admitted.size(); i++) {
      assertThat(admitted.get(i) - admitted.get(i - 1)).isBetween(1L, widest);
    }
  }

  @Test
  void damageOfAFrameThatIsLeftOutIsToldByTheNextOne() {
    assertThat(thinning.admit(frame(0, true), 0.5)).isNull();
    OutgoingFrame next = thinning.admit(frame(1, false), 0.5);
    assertThat(next).isNotNull();
    assertThat(next.damaged()).isTrue();
    assertThat(thinning.admit(frame(2, true), 0.5)).isNull();

    OutgoingFrame atFullRate = thinning.admit(frame(3, false), 1);
    assertThat(atFullRate).isNotNull();
    assertThat(atFullRate.damaged()).isTrue();
    assertThat(atFullRate.rateLowered()).isFalse();
  }

  @Test
  void framesLeftOutBeforeTheFullRateAreToldByItsFirstFrame() {
    assertThat(thinning.admit(frame(0, false), 0.3)).isNull();
    assertThat(thinning.admit(frame(1, false), 0.3)).isNull();

    OutgoingFrame atFullRate = thinning.admit(frame(2, false), 1);

    assertThat(atFullRate).isNotNull();
    assertThat(atFullRate.intervals()).isEqualTo(3);
    assertThat(atFullRate.rateLowered()).isFalse();
    OutgoingFrame next = frame(3, false);
    assertThat(thinning.admit(next, 1)).isSameAs(next);
    assertThat(next.intervals()).isEqualTo(1);
  }

  @Test
  void moreFramesThanAreToldCountAsTheMost() {
    double share = 0.5 / FrameHeaders.MAX_INTERVALS;
    OutgoingFrame frame = null;
    for (int i = 0; i <= 2 * FrameHeaders.MAX_INTERVALS && frame == null; i++) {
      frame = thinning.admit(frame(i, false), share);
    }
    assertThat(frame).isNotNull();
    assertThat(frame.capturedMicros()).isGreaterThan(FrameHeaders.MAX_INTERVALS);
    assertThat(frame.intervals()).isEqualTo(FrameHeaders.MAX_INTERVALS);
  }

  private static OutgoingFrame frame(long number, boolean damaged) {
    return new OutgoingFrame(
        new byte[] {1}, 64, 48, number, ClockSource.SENDER, false, damaged, false, 1);
  }
}
