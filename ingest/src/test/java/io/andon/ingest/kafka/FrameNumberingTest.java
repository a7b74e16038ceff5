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

  @Test
  void aRepeatedPictureNamesTheFrameThatItWasSentWith() {
    handOver(frame(7).gated(1, false));
    handOver(frame(7).gated(2, false));
    assertThat(handOver(frame(7).gated(2, true)).sameAs()).hasValue(1);
    FrameMetadata third = handOver(frame(7).gated(2, true));
    assertThat(third.seq()).isEqualTo(3);
    assertThat(third.sameAs()).hasValue(1);
    assertThat(handOver(frame(7).gated(3, false)).sameAs()).isEmpty();
  }

  @Test
  void aRepeatedPictureThatWasNeverSentIsSentItself() {
    handOver(frame(7).gated(1, false));
    // The frame with picture 2 left the queue unsent.
    numbering.dropped();
    FrameMetadata whole = handOver(frame(7).gated(2, true));
    assertThat(whole.sameAs()).isEmpty();
    assertThat(whole.flags()).containsExactly(FrameFlag.DROPPED_BEFORE);
    assertThat(handOver(frame(7).gated(2, true)).sameAs()).hasValue(whole.seq());
  }

  @Test
  void aFrameLeftOutSilentlyBeforeIsNoPictureToName() {
    handOver(frame(7).gated(1, false));
    // Picture 2 was left out to lower the rate, which is no drop.
    assertThat(handOver(frame(7).gated(2, true)).sameAs()).isEmpty();
  }

  @Test
  void afterALossEvenTheSamePictureIsSentAgain() {
    handOver(frame(7).gated(1, false));
    handOver(frame(7).gated(1, true));
    numbering.dropped();
    assertThat(handOver(frame(7).gated(1, true)).sameAs()).isEmpty();
  }

  @Test
  void aNewPlayBeginsWithAPicture() {
    handOver(frame(7).gated(1, false));
    FrameMetadata first = handOver(frame(8).gated(1, true));
    assertThat(first.sameAs()).isEmpty();
    assertThat(first.flags()).containsExactly(FrameFlag.RECONNECTED);
    assertThat(handOver(frame(8).gated(1, true)).sameAs()).hasValue(0);
  }

  @Test
  void framesLeftOutToLowerTheRateAreTold() {
    handOver(7);
    FrameMetadata next = handOver(frame(7).thinned(false, true, 3));
    assertThat(next.intervals()).isEqualTo(3);
    assertThat(next.flags()).containsExactly(FrameFlag.RATE_LOWERED);
    assertThat(handOver(7).intervals()).isEqualTo(1);
  }

  @Test
  void aFrameThatRepeatsAPictureTellsItsIntervalsToo() {
    handOver(frame(7).gated(1, false));
    FrameMetadata same = handOver(frame(7).thinned(false, true, 2).gated(1, true));
    assertThat(same.sameAs()).hasValue(0);
    assertThat(same.intervals()).isEqualTo(2);
  }

  @Test
  void whereFramesWereLostAsWellNobodyKnowsTheIntervals() {
    handOver(7);
    numbering.dropped();
    FrameMetadata next = handOver(frame(7).thinned(false, true, 3));
    assertThat(next.flags()).containsOnly(FrameFlag.DROPPED_BEFORE, FrameFlag.RATE_LOWERED);
    assertThat(next.intervals()).isEqualTo(1);
    assertThat(handOver(frame(7).thinned(false, true, 2)).intervals()).isEqualTo(2);
  }

  @Test
  void noFrameLiesBeforeTheFirstOfAPlay() {
    assertThat(handOver(frame(7).thinned(false, true, 3)).intervals()).isEqualTo(1);
    assertThat(handOver(frame(8).thinned(false, true, 3)).intervals()).isEqualTo(1);
  }

  private FrameMetadata handOver(long play) {
    return handOver(frame(play));
  }

  private FrameMetadata handOver(OutgoingFrame frame) {
    FrameMetadata metadata = numbering.next(frame);
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
