package io.andon.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.contracts.IncidentEvent.CloseReason;
import io.andon.contracts.IncidentEvent.Heat;
import io.andon.contracts.IncidentEvent.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentCodecTest {
  private static final EncodedRecord OPENED = Examples.encoded("incident-opened");

  private static DeadLetterReason reason(byte[] value, List<WireHeader> headers) {
    Decoded<IncidentEvent> decoded = IncidentCodec.decode(value, headers);
    assertThat(decoded).isInstanceOf(Decoded.Rejected.class);
    return ((Decoded.Rejected<IncidentEvent>) decoded).reason();
  }

  private static List<WireHeader> replaced(String name, String value) {
    return OPENED.headers().stream()
        .map(header -> header.name().equals(name) ? WireHeader.of(name, value) : header)
        .toList();
  }

  private static byte[] edited(String from, String to) {
    String json = new String(OPENED.value(), StandardCharsets.UTF_8);
    assertThat(json).contains(from);
    return json.replace(from, to).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void keepsEveryFieldThatJsonCanHold() {
    IncidentEvent event = Examples.incident(Kind.CLOSED, 2, CloseReason.SILENT);
    EncodedRecord record = IncidentCodec.encode(event);

    assertThat(IncidentCodec.decode(record.value(), record.headers()).orElseThrow())
        .usingRecursiveComparison()
        .withComparatorForType(
            (a, b) -> Math.abs(Math.min(a, 1e9) - Math.min(b, 1e9)) < 1e-6 ? 0 : 1, Double.class)
        .isEqualTo(event);
  }

  @Test
  void theSameEventAlwaysHasTheSameBytes() {
    EncodedRecord again = IncidentCodec.encode(Examples.incident(Kind.OPENED, 0, null));

    assertThat(again.value()).isEqualTo(OPENED.value());
    assertThat(GoldenFiles.text(again)).isEqualTo(GoldenFiles.text(OPENED));
  }

  @Test
  void ignoresUnknownFieldsAndHeaders() {
    byte[] value = edited("{\"v\":1,", "{\"v\":1,\"novel\":{\"a\":[1]},");
    List<WireHeader> headers = new ArrayList<>(OPENED.headers());
    headers.add(WireHeader.of("ce_traceparent", "x"));

    assertThat(IncidentCodec.decode(value, headers)).isInstanceOf(Decoded.Valid.class);
  }

  @Test
  void namesAnUnknownMajorVersionInTypeOrValue() {
    assertThat(reason(OPENED.value(), replaced("ce_type", "io.andon.incident.opened.v2")))
        .isEqualTo(DeadLetterReason.UNKNOWN_VERSION);
    assertThat(reason(edited("{\"v\":1,", "{\"v\":99999999999,"), OPENED.headers()))
        .isEqualTo(DeadLetterReason.UNKNOWN_VERSION);
  }

  @Test
  void rejectsHeadersThatAreMissingForeignOrDisagreeWithTheValue() {
    assertThat(reason(OPENED.value(), List.of())).isEqualTo(DeadLetterReason.MISSING_HEADER);
    assertThat(reason(OPENED.value(), replaced("ce_type", "com.example.thing")))
        .isEqualTo(DeadLetterReason.BAD_HEADER);
    assertThat(reason(OPENED.value(), replaced("ce_type", "io.andon.incident.closed.v1")))
        .isEqualTo(DeadLetterReason.BAD_HEADER);
    assertThat(reason(OPENED.value(), replaced("ce_id", "other.0")))
        .isEqualTo(DeadLetterReason.BAD_HEADER);
  }

  @Test
  void tellsEveryWrongFieldWithItsPath() {
    byte[] value = edited("\"clock\":\"sender\",\"peakScore\":1.750000", "\"peakScore\":\"high\"");

    Decoded<IncidentEvent> decoded = IncidentCodec.decode(value, OPENED.headers());

    assertThat(((Decoded.Rejected<IncidentEvent>) decoded).detail())
        .contains("clock is missing, allowed is one of sender, arrival")
        .contains("peakScore is \"high\", allowed is a number from");
    assertThat(reason(edited("\"x\":128", "\"x\":-1"), OPENED.headers()))
        .isEqualTo(DeadLetterReason.BAD_VALUE);
  }

  @Test
  void refusesEventsThatCannotBe() {
    assertThatThrownBy(() -> Examples.incident(Kind.CLOSED, 1, null))
        .hasMessageContaining("closeReason");
    assertThatThrownBy(() -> Examples.incident(Kind.OPENED, 0, CloseReason.SILENT))
        .hasMessageContaining("closeReason");
    assertThatThrownBy(() -> new Heat(2, 2, new byte[3])).hasMessageContaining("heat values is 3");
  }
}
