package io.andon.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameFlag;
import io.andon.contracts.FrameMetadata;
import io.andon.ingest.camera.OutgoingFrame;
import org.junit.jupiter.api.Test;

class FrameNumberingTest {
  private final FrameNumbering numbering = new FrameNumbering("a");

  @Test
  void numbersHaveNoGapWithinAPlayAndStartAnewWithTheNext() {
    assertThat(handOver(7).seq()).isZero();
    assertThat(handOver(7).seq()).isEqualTo(1);
    FrameMetadata reconnected = handOver(8);
    assertThat(reconnected.seq()).isZero();
    assertThat(reconnected.flags()).containsExactly(FrameFlag.RECONNECTED);
    assertThat(handOver(8).flags()).isEmpty();
  }

  @Test
  void aFrameThatWasNotHandedOverUsesNoNumberAndTheNextTellsTheDrop() {
    handOver(7);
    numbering.next(frame(7));
    numbering.dropped();
    FrameMetadata next = handOver(7);
    assertThat(next.seq()).isEqualTo(1);
    assertThat(next.flags()).containsExactly(FrameFlag.DROPPED_BEFORE);
    assertThat(handOver(7).flags()).isEmpty();
  }

  @Test
  void aDropThatIsToldWhileAFrameIsHandedOverIsNotForgotten() {
    FrameMetadata frame = numbering.next(frame(7));
    numbering.dropped();
    numbering.handedOver(frame);
    assertThat(handOver(7).flags()).containsExactly(FrameFlag.DROPPED_BEFORE);
  }

  private FrameMetadata handOver(long play) {
    FrameMetadata metadata = numbering.next(frame(play));
    numbering.handedOver(metadata);
    return metadata;
  }

  static OutgoingFrame frame(long play) {
    return new OutgoingFrame(
        new byte[] {1},
        64,
        48,
        1_800_000_000_000_000L,
        ClockSource.ARRIVAL,
        false,
        false,
        false,
        play);
  }
}
