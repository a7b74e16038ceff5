package io.andon.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.contracts.ScoreRecord.State;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "0",
        "press-1",
        "line_2.cam-3",
        "a234567890123456789012345678901234567890123456789012345678901234"
      })
  void takesCameraIds(String id) {
    assertThat(CameraId.isValid(id)).isTrue();
    assertThat(CameraId.fromKey(CameraId.toKey(id))).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "-a",
        ".a",
        "_a",
        "a b",
        "a/b",
        "a\n",
        "é",
        "a2345678901234567890123456789012345678901234567890123456789012345"
      })
  void refusesWhatIsNoCameraId(String id) {
    assertThat(CameraId.isValid(id)).isFalse();
    assertThat(CameraId.isValid(id)).isEqualTo(id.matches(CameraId.PATTERN));
    assertThat(CameraId.fromKey(id.getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThatThrownBy(() -> CameraId.require(id)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void quantisationIsWithinHalfAStepAndSurvivesTheWire() {
    float[] pooled = {0.1f, -2.54f, 0, 1.27f};
    EmbeddingRecord record = EmbeddingRecord.quantised(Examples.frame(1), "space", pooled);

    EmbeddingRecord read =
        EmbeddingCodec.decode(EmbeddingCodec.encode(record).value()).orElseThrow();

    assertThat(read.scale()).isEqualTo(record.scale());
    assertThat(read.values()).isEqualTo(record.values());
    for (int i = 0; i < pooled.length; i++) {
      assertThat(Math.abs(read.dequantised()[i] - pooled[i]))
          .isLessThanOrEqualTo(record.scale() * 0.501f);
    }
  }

  @Test
  void vectorsOfZerosOfTinyAndOfHugeValuesSurviveTheWire() {
    for (float[] pooled : new float[][] {{0, 0}, {1e-38f, 0}, {1, -Float.MAX_VALUE}}) {
      EmbeddingRecord record = EmbeddingRecord.quantised(Examples.frame(1), "space", pooled);

      EmbeddingRecord read =
          EmbeddingCodec.decode(EmbeddingCodec.encode(record).value()).orElseThrow();
      assertThat(read.scale()).isEqualTo(record.scale());
      assertThat(Float.isFinite(read.dequantised()[1])).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void refusesEmbeddingsThatAreNotFinite(float value) {
    assertThatThrownBy(
            () -> EmbeddingRecord.quantised(Examples.frame(1), "space", new float[] {1, value}))
        .hasMessageContaining("allowed is finite");
  }

  @Test
  void aDeadLetterHoldsNoMoreThanTheHeadOfTheRecord() {
    DeadLetterRecord.Value value = Objects.requireNonNull(Examples.deadLetter().value());

    assertThat(value.head()).hasSize(64);
    assertThat(value.sizeBytes()).isEqualTo(200);
    assertThat(value.sha256())
        .isEqualTo("c71f237c2b8d00479b7cab817a4baa89dc57f47bea131f12bdc2af7b713374e2");
  }

  @Test
  void aDeadLetterCanTellOfARecordThatHasNothing() {
    DeadLetterRecord letter =
        DeadLetterRecord.of("t", 0, 0, DeadLetterReason.BAD_KEY, "x\n".repeat(1000), null, null);

    assertThat(letter.detail()).hasSize(BoundedText.MAX_LENGTH).doesNotContain("\n");
    assertThat(Objects.requireNonNull(letter.value()).sha256()).startsWith("e3b0c442");
    assertThat(DeadLetterCodec.decode(DeadLetterCodec.encode(letter).value()))
        .isInstanceOf(Decoded.Valid.class);
  }

  @Test
  void aDeadLetterWhoseValueWasGoneSaysNothingOfIt() {
    byte[] json = DeadLetterCodec.encode(Examples.deadLetterWithoutValue()).value();

    assertThat(new String(json, StandardCharsets.UTF_8))
        .doesNotContain("sizeBytes", "sha256", "\"head\"");
    assertThat(DeadLetterCodec.decode(json).orElseThrow().value()).isNull();
  }

  @Test
  void aDeadLetterTellsAllOfItsValueOrNothing() {
    String text =
        new String(DeadLetterCodec.encode(Examples.deadLetter()).value(), StandardCharsets.UTF_8);
    String partial = text.replaceFirst("\"sha256\":\"[0-9a-f]*\",", "");

    assertThat(DeadLetterCodec.decode(partial.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Decoded.Rejected.class);
  }

  @Test
  void scoresAreFiniteOnTheWireAndNeverNaN() {
    ScoreRecord score =
        new ScoreRecord(Examples.frame(1), Double.POSITIVE_INFINITY, 1, State.NORMAL, 1, Map.of());

    assertThat(ScoreCodec.decode(ScoreCodec.encode(score).value()).orElseThrow().score())
        .isEqualTo(1e9);
    assertThatThrownBy(
            () -> new ScoreRecord(Examples.frame(1), Double.NaN, 1, State.NORMAL, 1, Map.of()))
        .hasMessageContaining("score is NaN");
  }

  @Test
  void anAcknowledgementNamesItsFrameExactlyWhereTheCommandApplies() {
    assertThatThrownBy(
            () -> new ControlAck("c", "press-1", ControlAck.Outcome.APPLIED, null, false, ""))
        .hasMessageContaining("from given");
  }

  @Test
  void wireNamesAreDistinctAndFound() {
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      assertThat(WireNamed.find(DeadLetterReason.class, reason.wireName())).contains(reason);
    }
  }
}
