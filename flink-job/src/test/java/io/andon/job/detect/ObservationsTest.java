package io.andon.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameFlag;
import io.andon.contracts.FrameHeaders;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import io.andon.detection.Observation;
import io.andon.detection.PictureArea;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.LumaPlane;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.embedding.flink.StageTimes;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What detection gets to see of frames. */
class ObservationsTest {
  @Test
  void aVectorOfZeroNormHasNoDirection() {
    assertThat(Observations.direction(new float[3])).containsExactly(0, 0, 0);
  }

  @Test
  void aDirectionDoesNotDependOnTheLength() {
    byte[] direction = Observations.direction(new float[] {3, 4, 0});
    assertThat(direction).containsExactly(127, 127, 0);
    assertThat(Observations.direction(new float[] {3e-20f, 4e-20f, 0})).isEqualTo(direction);
    assertThat(Observations.direction(new float[] {0.1f, 1, 10})).containsExactly(5, 51, 127);
  }

  @Test
  void aFrameTellsHowManyFrameIntervalsWentBeforeIt() {
    Observation observation = Observations.of(frameBehind(3), true);

    assertThat(observation.intervals()).isEqualTo(3);
    assertThat(observation.discontinuous()).isFalse();
  }

  @Test
  void detectionTakesAsManyFrameIntervalsAsAFrameMayName() {
    assertThat(Observations.of(frameBehind(FrameHeaders.MAX_INTERVALS), true).intervals())
        .isEqualTo(Observation.MAX_INTERVALS);
  }

  @Test
  void aFrameWhoseForerunnerWasNotSeenIsDiscontinuous() {
    assertThat(Observations.of(frameBehind(1), false).discontinuous()).isTrue();
  }

  @Test
  void whereBarsAreBesideThePictureDetectionKnows() {
    PictureArea square = Observations.of(frame(64, 64, 1), true).area();
    PictureArea wide = Observations.of(frame(128, 64, 1), true).area();
    PictureArea nearlySquare = Observations.of(frame(100, 97, 1), true).area();

    assertThat(square).isEqualTo(nearlySquare);
    assertThat(square.width()).isEqualTo(square.gridWidth());
    assertThat(square.height()).isEqualTo(square.gridHeight());
    assertThat(wide.width()).isEqualTo(wide.gridWidth());
    assertThat(wide.height()).isEqualTo(wide.gridHeight() / 2);
    assertThat(wide.top()).isEqualTo(wide.gridHeight() / 4);
  }

  private static EmbeddedFrame frameBehind(int intervals) {
    return frame(64, 48, intervals);
  }

  private static EmbeddedFrame frame(int width, int height, int intervals) {
    FrameMetadata frame =
        new FrameMetadata(
            "a",
            5,
            ClockSource.SENDER,
            7,
            1,
            width,
            height,
            Set.of(FrameFlag.RATE_LOWERED),
            OptionalLong.empty(),
            intervals);
    return new EmbeddedFrame(
        frame,
        new FrameRef("andon.frames", 0, 9, "a", 7, 1),
        5,
        new FrameEmbedding(
            1, 1, 1, new byte[1], 1, new float[] {1}, new LumaPlane(1, 1, new byte[1])),
        new StageTimes(0, 0, 0),
        "space");
  }

  @Test
  void valuesThatAreNotFiniteAreRefused() {
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> Observations.direction(new float[] {1, value}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("pooled");
    }
  }
}
