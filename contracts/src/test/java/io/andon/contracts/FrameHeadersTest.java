package io.andon.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameHeadersTest {
  private static final byte[] KEY = CameraId.toKey(Examples.CAMERA);

  private static List<WireHeader> with(String name, String value) {
    List<WireHeader> headers = new ArrayList<>(without(name));
    headers.add(WireHeader.of(name, value));
    return headers;
  }

  private static List<WireHeader> without(String name) {
    return FrameHeaders.encode(Examples.metadata()).stream()
        .filter(header -> !header.name().equals(name))
        .toList();
  }

  private static void assertRejected(
      byte[] key, List<WireHeader> headers, DeadLetterReason reason, String detail) {
    assertThat(FrameHeaders.decode(key, headers)).isEqualTo(new Decoded.Rejected<>(reason, detail));
  }

  @Test
  void readsWhatItWrites() {
    FrameMetadata frame = Examples.metadata();

    assertThat(FrameHeaders.decode(KEY, FrameHeaders.encode(frame)))
        .isEqualTo(new Decoded.Valid<>(frame));
  }

  @Test
  void aFrameThatRepeatsAPictureHasAVersionOfItsOwn() {
    FrameMetadata frame = Examples.repeated();

    List<WireHeader> headers = FrameHeaders.encode(frame);

    assertThat(headers)
        .extracting(header -> header.name() + " " + header.text())
        .contains("andon.v 2", "andon.same-as 40");
    assertThat(FrameHeaders.decode(KEY, headers).orElseThrow()).isEqualTo(frame);
    assertThat(frame.repeatsPicture()).isTrue();
  }

  @Test
  void versionOneKnowsNoRepeatedPictures() {
    FrameMetadata frame = FrameHeaders.decode(KEY, with(FrameHeaders.SAME_AS, "40")).orElseThrow();

    assertThat(frame.repeatsPicture()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"42", "43", "-1", "x", ""})
  void onlyAnEarlierPictureCanBeRepeated(String sameAs) {
    List<WireHeader> headers = new ArrayList<>(FrameHeaders.encode(Examples.repeated()));
    headers.add(WireHeader.of(FrameHeaders.SAME_AS, sameAs));

    assertRejected(
        KEY,
        headers,
        DeadLetterReason.BAD_HEADER,
        "andon.same-as is \"" + sameAs + "\", allowed is an integer from 0 to 41");
  }

  @Test
  void aFrameOfVersionTwoNamesThePictureThatItRepeats() {
    assertRejected(
        KEY,
        with(FrameHeaders.VERSION, "2"),
        DeadLetterReason.MISSING_HEADER,
        "andon.same-as is missing");
  }

  @Test
  void framesThatWereLeftOutAreToldByTheNextOne() {
    FrameMetadata frame = Examples.thinned();

    List<WireHeader> headers = FrameHeaders.encode(frame);

    assertThat(headers)
        .extracting(header -> header.name() + " " + header.text())
        .contains("andon.v 1", "andon.intervals 3");
    assertThat(FrameHeaders.decode(KEY, headers).orElseThrow()).isEqualTo(frame);
  }

  @Test
  void aFrameThatFollowsTheOneBeforeItSaysNothingOfIntervals() {
    List<WireHeader> headers = FrameHeaders.encode(Examples.metadata());

    assertThat(headers).extracting(WireHeader::name).doesNotContain(FrameHeaders.INTERVALS);
    assertThat(FrameHeaders.decode(KEY, headers).orElseThrow().intervals()).isEqualTo(1);
    assertThat(FrameHeaders.decode(KEY, with(FrameHeaders.INTERVALS, "1")).orElseThrow())
        .isEqualTo(Examples.metadata());
  }

  @Test
  void aFrameThatRepeatsAPictureTellsItsOwnIntervals() {
    List<WireHeader> headers = new ArrayList<>(FrameHeaders.encode(Examples.repeated()));
    headers.add(WireHeader.of(FrameHeaders.INTERVALS, "1000"));

    FrameMetadata frame = FrameHeaders.decode(KEY, headers).orElseThrow();

    assertThat(frame.repeatsPicture()).isTrue();
    assertThat(frame.intervals()).isEqualTo(FrameHeaders.MAX_INTERVALS);
    assertThat(FrameHeaders.decode(KEY, FrameHeaders.encode(frame)).orElseThrow()).isEqualTo(frame);
  }

  @Test
  void leavesOutTheHeaderOfFlagsWhereThereAreNone() {
    FrameMetadata frame =
        new FrameMetadata("a", 0, ClockSource.ARRIVAL, 0, 0, 1, FrameHeaders.MAX_SIDE, Set.of());

    List<WireHeader> headers = FrameHeaders.encode(frame);

    assertThat(headers).extracting(WireHeader::name).doesNotContain(FrameHeaders.FLAGS);
    assertThat(FrameHeaders.decode(CameraId.toKey("a"), headers).orElseThrow()).isEqualTo(frame);
  }

  @Test
  void ignoresUnknownFlagsAndUnknownHeaders() {
    List<WireHeader> headers = with(FrameHeaders.FLAGS, "novel,decode-error,");
    headers.add(WireHeader.of("traceparent", "00-abc"));

    assertThat(FrameHeaders.decode(KEY, headers).orElseThrow().flags())
        .containsExactly(FrameFlag.DECODE_ERROR);
  }

  @Test
  void ofARepeatedHeaderTheLastOneCounts() {
    List<WireHeader> headers = new ArrayList<>(FrameHeaders.encode(Examples.metadata()));
    headers.add(WireHeader.of(FrameHeaders.SEQ, "43"));

    assertThat(FrameHeaders.decode(KEY, headers).orElseThrow().seq()).isEqualTo(43);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FrameHeaders.VERSION,
        FrameHeaders.CAPTURED_MICROS,
        FrameHeaders.CLOCK,
        FrameHeaders.PLAY,
        FrameHeaders.SEQ,
        FrameHeaders.WIDTH,
        FrameHeaders.HEIGHT
      })
  void rejectsAFrameWithoutOneOfItsHeaders(String name) {
    assertRejected(KEY, without(name), DeadLetterReason.MISSING_HEADER, name + " is missing");
    List<WireHeader> withNull = new ArrayList<>(without(name));
    withNull.add(new WireHeader(name, null));
    assertRejected(KEY, withNull, DeadLetterReason.MISSING_HEADER, name + " is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "andon.captured-us, -1",
    "andon.captured-us, 253402300800000000",
    "andon.captured-us, 99999999999999999999",
    "andon.captured-us, 9999999999999999999",
    "andon.captured-us, 1.5e3",
    "andon.clock, sundial",
    "andon.play, 007",
    "andon.play, ''",
    "andon.seq, ' 1'",
    "andon.seq, ٣",
    "andon.width, 0",
    "andon.height, 16385",
    "andon.intervals, 0",
    "andon.intervals, 1001",
    "andon.intervals, ''",
    "andon.v, one",
    "andon.v, ''"
  })
  void rejectsAHeaderOutsideItsBounds(String name, String value) {
    Decoded<FrameMetadata> decoded = FrameHeaders.decode(KEY, with(name, value));

    assertThat(decoded).isInstanceOf(Decoded.Rejected.class);
    Decoded.Rejected<FrameMetadata> rejected = (Decoded.Rejected<FrameMetadata>) decoded;
    assertThat(rejected.reason()).isEqualTo(DeadLetterReason.BAD_HEADER);
    assertThat(rejected.detail()).startsWith(name + " is \"" + value + "\", allowed is ");
  }

  @Test
  void anUnknownVersionIsNamedBeforeAnythingElse() {
    assertRejected(
        new byte[0],
        List.of(WireHeader.of(FrameHeaders.VERSION, "3")),
        DeadLetterReason.UNKNOWN_VERSION,
        "andon.v is \"3\", allowed is 1 or 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Press 1", "-a", "press/1", "grün"})
  void rejectsAKeyThatIsNoCameraId(String key) {
    assertRejected(
        key.getBytes(StandardCharsets.UTF_8),
        FrameHeaders.encode(Examples.metadata()),
        DeadLetterReason.BAD_KEY,
        "key is no camera id, allowed is " + CameraId.PATTERN);
  }

  @Test
  void rejectsARecordWithoutKey() {
    assertThat(FrameHeaders.decode(null, FrameHeaders.encode(Examples.metadata())))
        .isInstanceOf(Decoded.Rejected.class);
  }

  @Test
  void aHostileValueIsCutAndMadePrintable() {
    Decoded<FrameMetadata> decoded =
        FrameHeaders.decode(KEY, with(FrameHeaders.CLOCK, "\n\u001b[2J" + "x".repeat(10_000)));

    String detail = ((Decoded.Rejected<FrameMetadata>) decoded).detail();
    assertThat(detail).hasSizeLessThanOrEqualTo(BoundedText.MAX_LENGTH).startsWith("andon.clock");
    assertThat(detail.chars()).noneMatch(Character::isISOControl);
  }

  @Test
  void refusesToWriteWhatItWouldNotRead() {
    FrameMetadata frame =
        new FrameMetadata("Press 1", 0, ClockSource.ARRIVAL, 0, 0, 1, 1, Set.of());

    assertThatThrownBy(() -> FrameHeaders.encode(frame))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("camera is \"Press 1\", allowed is");
  }
}
