package io.andon.embedding.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.contracts.DeadLetterReason;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.LumaPlane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Format versions 1 to 3 of each record. The golden files must decode for ever. */
class SerializerFormatTest {
  record Case<T>(
      String golden, T value, TypeInformation<T> type, ImmutableSerializer<T> serializer) {
    @Override
    public String toString() {
      return golden;
    }

    Case<T> withGolden(String other) {
      return new Case<>(other, value, type, serializer);
    }
  }

  static Stream<Case<?>> cases() {
    FrameRecord frame = TestFrames.frame(5);
    FrameRecord again = TestFrames.repeated(5, 3);
    FrameRecord thinned = TestFrames.thinned(5, 3);
    return Stream.of(
        new Case<>("frame-record-v3", frame, FrameRecord.TYPE, new FrameRecordSerializer()),
        new Case<>("frame-record-same-as-v3", again, FrameRecord.TYPE, new FrameRecordSerializer()),
        new Case<>(
            "frame-record-intervals-v3", thinned, FrameRecord.TYPE, new FrameRecordSerializer()),
        new Case<>(
            "embedded-frame-v3",
            embedded(frame),
            EmbeddedFrame.TYPE,
            new EmbeddedFrameSerializer()),
        new Case<>(
            "embedded-frame-intervals-v3",
            embedded(thinned),
            EmbeddedFrame.TYPE,
            new EmbeddedFrameSerializer()),
        new Case<>(
            "embedded-frame-same-as-v3",
            new EmbeddedFrame(
                again.metadata(),
                again.ref(),
                again.recordTimestampMicros(),
                null,
                new StageTimes(1, 2, 3),
                "model@1/fp32/jpeg"),
            EmbeddedFrame.TYPE,
            new EmbeddedFrameSerializer()),
        new Case<>(
            "rejected-frame-v3",
            RejectedFrame.of(frame, DeadLetterReason.UNDECODABLE_PICTURE, "broken"),
            RejectedFrame.TYPE,
            new RejectedFrameSerializer()));
  }

  /** What version 2 could write. */
  static Stream<Case<?>> secondCases() {
    return cases()
        .filter(it -> !it.golden.contains("intervals"))
        .map(it -> it.withGolden(it.golden.replace("-v3", "-v2")));
  }

  /** What version 1 could write. */
  static Stream<Case<?>> firstCases() {
    return secondCases()
        .filter(it -> !it.golden.contains("same-as"))
        .map(it -> it.withGolden(it.golden.replace("-v2", "-v1")));
  }

  private static EmbeddedFrame embedded(FrameRecord frame) {
    return new EmbeddedFrame(
        frame.metadata(),
        frame.ref(),
        frame.recordTimestampMicros(),
        new FrameEmbedding(
            2,
            1,
            3,
            new byte[] {-128, -1, 0, 1, 2, 127},
            0.25f,
            new float[] {1.5f, -2.5f},
            new LumaPlane(2, 2, new byte[] {0, 127, -128, -1})),
        new StageTimes(1, 2, 3),
        "model@1/fp32/jpeg");
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void bytesAreThoseOfTheGoldenFile(Case<T> it) throws IOException {
    assertThat(HexFormat.of().formatHex(bytes(it.serializer, it.value)))
        .isEqualTo(HexFormat.of().formatHex(golden(it.golden)));
  }

  @ParameterizedTest
  @MethodSource({"cases", "secondCases", "firstCases"})
  <T> void goldenFileDecodesToTheValue(Case<T> it) throws IOException {
    T decoded = it.serializer.deserialize(new DataInputDeserializer(golden(it.golden)));
    assertThat(decoded).usingRecursiveComparison().isEqualTo(it.value);
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void copiesBytesAndKeepsObjects(Case<T> it) throws IOException {
    DataOutputSerializer copy = new DataOutputSerializer(64);
    it.serializer.copy(new DataInputDeserializer(golden(it.golden)), copy);
    assertThat(copy.getCopyOfBuffer()).isEqualTo(golden(it.golden));
    assertThat(it.serializer.copy(it.value)).isSameAs(it.value);
    assertThat(it.serializer.isImmutableType()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void flinkFindsTheTypeByItself(Case<T> it) {
    assertThat(TypeInformation.of(it.type.getTypeClass())).isEqualTo(it.type);
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void emptyInstanceSurvivesARoundTrip(Case<T> it) throws IOException {
    T empty = it.serializer.createInstance();
    T back = it.serializer.deserialize(new DataInputDeserializer(bytes(it.serializer, empty)));
    assertThat(back).usingRecursiveComparison().isEqualTo(empty);
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void anotherVersionIsRefused(Case<T> it) throws IOException {
    byte[] next = golden(it.golden);
    next[0] = 4;
    assertThatThrownBy(() -> it.serializer.deserialize(new DataInputDeserializer(next)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("format version 4");
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void truncatedBytesAreRefused(Case<T> it) throws IOException {
    byte[] all = golden(it.golden);
    byte[] part = Arrays.copyOf(all, all.length - 1);
    assertThatThrownBy(() -> it.serializer.deserialize(new DataInputDeserializer(part)))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @MethodSource("cases")
  <T> void snapshotRestoresACompatibleSerializer(Case<T> it) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, it.serializer.snapshotConfiguration());
    TypeSerializerSnapshot<T> restored =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    assertThat(restored.restoreSerializer()).isEqualTo(it.serializer);
    assertThat(
            it.serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAsIs())
        .isTrue();
    assertThatThrownBy(
            () ->
                restored.readSnapshot(
                    4, new DataInputDeserializer(new byte[0]), getClass().getClassLoader()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("format version 4");
  }

  @Test
  void onlyAFrameThatRepeatsAPictureHasNoEmbedding() {
    FrameRecord frame = TestFrames.frame(5);
    assertThatThrownBy(
            () ->
                new EmbeddedFrame(
                    frame.metadata(), frame.ref(), 0, null, new StageTimes(1, 2, 3), "space"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("embedding is missing");
  }

  @Test
  void metadataAndReferenceNameOneFrame() {
    assertThatThrownBy(
            () ->
                new FrameRecord(
                    TestFrames.frame(1).metadata(), TestFrames.frame(2).ref(), 0, 0, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another frame");
  }

  private static <T> byte[] bytes(ImmutableSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  private static byte[] golden(String name) throws IOException {
    String resource = "/golden/" + name + ".hex";
    try (InputStream in =
        Objects.requireNonNull(
            SerializerFormatTest.class.getResourceAsStream(resource), resource)) {
      String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
  }
}
