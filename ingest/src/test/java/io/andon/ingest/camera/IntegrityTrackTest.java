package io.andon.ingest.camera;

import static io.andon.ingest.camera.Integrity.DAMAGED;
import static io.andon.ingest.camera.Integrity.UNFOUNDED;
import static io.andon.ingest.camera.Integrity.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Streams are written as coded pictures, in the order of decoding: {@code K} a key frame, {@code p}
 * one that builds on others, {@code k} and {@code -} the same behind lost packets; {@code b} is
 * shown before the picture in front of it.
 */
class IntegrityTrackTest {
  private static final long STEP_NANOS = 100_000_000;

  @Test
  void aStreamThatLosesNothingIsWhole() {
    assertThat(shown("kppKpp")).containsOnly(WHOLE);
    assertThat(shown("KpbpbKbpb")).containsOnly(WHOLE);
  }

  @Test
  void lostPacketsDamageAllUntilTheNextKeyFrame() {
    assertThat(shown("Kp-ppKp"))
        .containsExactly(WHOLE, WHOLE, DAMAGED, DAMAGED, DAMAGED, WHOLE, WHOLE);
  }

  @Test
  void aKeyFrameThatLostPacketsItselfDoesNotHeal() {
    assertThat(shown("KpkpKp")).containsExactly(WHOLE, WHOLE, DAMAGED, DAMAGED, WHOLE, WHOLE);
  }

  @Test
  void picturesBeforeTheFirstKeyFrameAreUnfounded() {
    assertThat(shown("-p-pKp"))
        .containsExactly(UNFOUNDED, UNFOUNDED, UNFOUNDED, UNFOUNDED, WHOLE, WHOLE);
  }

  @Test
  void picturesThatAreShownBeforeTheKeyFrameBuildOnWhatWasBeforeIt() {
    assertThat(shown("Kp-Kbp")).containsExactly(WHOLE, WHOLE, DAMAGED, DAMAGED, WHOLE, WHOLE);
    assertThat(shown("Kbp")).containsExactly(UNFOUNDED, WHOLE, WHOLE);
  }

  @Test
  void aStreamWithoutKeyFramesIsBelievedInTheEnd() {
    int patience = (int) (IntegrityTrack.LONGEST_NANOS / STEP_NANOS);
    List<Integrity> joined = shown("p".repeat(patience + 3));
    assertThat(joined.subList(0, patience + 1)).containsOnly(UNFOUNDED);
    assertThat(joined.subList(patience + 1, patience + 3)).containsOnly(WHOLE);

    List<Integrity> losing = shown("K-" + "p".repeat(patience + 2));
    assertThat(losing.subList(1, patience + 2)).containsOnly(DAMAGED);
    assertThat(losing.subList(patience + 2, patience + 4)).containsOnly(WHOLE);
  }

  @Test
  void aDecoderThatWaitsForAKeyFrameForEverIsNotBelievedForEver() {
    IntegrityTrack track = new IntegrityTrack();
    int patience = (int) (IntegrityTrack.LONGEST_NANOS / STEP_NANOS);
    for (int i = 0; i <= patience + 20; i++) {
      long ptsNanos = i * STEP_NANOS;
      track.coded(ptsNanos, false, i == 0);
      track.decoded(ptsNanos, true);
      assertThat(track.of(ptsNanos)).isEqualTo(i <= patience ? UNFOUNDED : WHOLE);
    }
    long later = (patience + 21) * STEP_NANOS;
    track.decoded(later, false);
    track.decoded(later + STEP_NANOS, true);
    assertThat(track.of(later + STEP_NANOS)).as("it can tell again").isEqualTo(DAMAGED);
  }

  @Test
  void aStreamThatKeepsLosingPacketsBeforeAKeyFrameIsNotLeftOutForEver() {
    int patience = (int) (IntegrityTrack.LONGEST_NANOS / STEP_NANOS);
    assertThat(shown("-".repeat(patience + 3))).endsWith(UNFOUNDED, DAMAGED, DAMAGED);
  }

  @Test
  void whatTheDecoderSaysIsBelievedToo() {
    IntegrityTrack track = new IntegrityTrack();
    track.coded(0, true, true);
    track.decoded(0, true);
    track.coded(1, true, false);
    track.decoded(1, false);
    track.coded(2, false, false);
    track.decoded(2, true);
    assertThat(List.of(track.of(0), track.of(1), track.of(2)))
        .as("of a decoder that says so, and before anything good came: not even a key frame")
        .containsExactly(UNFOUNDED, WHOLE, DAMAGED);
  }

  @Test
  void picturesWithoutATimeAreAsTheStreamIs() {
    IntegrityTrack track = new IntegrityTrack();
    track.coded(-1, true, true);
    assertThat(track.of(-1)).isEqualTo(WHOLE);
    track.coded(-1, false, true);
    assertThat(track.of(-1)).isEqualTo(DAMAGED);
  }

  /** In the order of showing. */
  private static List<Integrity> shown(String coded) {
    IntegrityTrack track = new IntegrityTrack();
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < coded.length(); i++) {
      char kind = coded.charAt(i);
      long ptsNanos = (i + 2) * STEP_NANOS - (kind == 'b' ? STEP_NANOS * 3 / 2 : 0);
      track.coded(ptsNanos, "Kk".indexOf(kind) >= 0, "k-".indexOf(kind) >= 0);
      times.add(ptsNanos);
    }
    return times.stream().sorted().map(track::of).toList();
  }
}
