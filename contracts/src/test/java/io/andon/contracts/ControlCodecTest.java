package io.andon.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlCodecTest {
  private static final byte[] KEY = CameraId.toKey(Examples.CAMERA);

  private static Decoded<ControlCommand> decode(byte[] key, String json) {
    return ControlCodec.decode(key, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsWhatAPersonWrites() {
    String json =
        """
        { "camera": "press-1", "v": 1, "id": "2026-01-01T10:00", "command": "sensitivity",
          "falseAlarmsPerDay": 2, "actsFromMicros": 0, "note": "ignored" }
        """;

    assertThat(decode(KEY, json).orElseThrow())
        .isEqualTo(new ControlCommand.Sensitivity("2026-01-01T10:00", "press-1", 0, 2));
  }

  @Test
  void tellsEveryProblemAtOnce() {
    String json =
        """
        {"v":1,"id":"no spaces","camera":"Press","command":"explode","actsFromMicros":-5}
        """;

    assertThat(decode(KEY, json))
        .isEqualTo(
            new Decoded.Rejected<>(
                DeadLetterReason.BAD_COMMAND,
                "id is \"no spaces\", allowed is [A-Za-z0-9][A-Za-z0-9._:-]{0,127}; "
                    + "camera is \"Press\", allowed is [a-z0-9][a-z0-9._-]{0,63}; "
                    + "command is \"explode\", allowed is one of normal, real, freeze, unfreeze,"
                    + " reset, sensitivity, undo, retire; "
                    + "actsFromMicros is \"-5\", allowed is an integer from 0 to "
                    + "253402300799999999"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "10000.5", "\"1\"", "null", "1e999", "true"})
  void refusesABudgetOutsideItsBounds(String budget) {
    String json =
        "{\"v\":1,\"id\":\"a\",\"camera\":\"press-1\",\"command\":\"sensitivity\","
            + "\"actsFromMicros\":0,\"falseAlarmsPerDay\":"
            + budget
            + "}";

    assertThat(((Decoded.Rejected<ControlCommand>) decode(KEY, json)).detail())
        .startsWith("falseAlarmsPerDay is ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"normal\",\"region\":[{\"x\":0,\"y\":0,\"width\":0,\"height\":1}]",
        "\"real\",\"region\":[{\"x\":-1,\"y\":0,\"width\":1,\"height\":1}]",
        "\"normal\",\"region\":{\"x\":0}",
        "\"normal\",\"region\":[{}]",
        "\"undo\"",
        "\"undo\",\"minutes\":0",
        "\"undo\",\"minutes\":61",
        "\"undo\",\"minutes\":1.5"
      })
  void refusesARegionOrATimeThatIsNone(String command) {
    String json =
        "{\"v\":1,\"id\":\"a\",\"camera\":\"press-1\",\"actsFromMicros\":0,\"command\":"
            + command
            + "}";

    assertThat(((Decoded.Rejected<ControlCommand>) decode(KEY, json)).detail())
        .containsAnyOf("region", "minutes")
        .contains("allowed is");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"reset\",\"region\":[{\"x\":0,\"y\":0,\"width\":9,\"height\":9}]",
        "\"undo\",\"minutes\":5,\"region\":[{\"x\":0,\"y\":0,\"width\":9,\"height\":9}]",
        "\"freeze\",\"minutes\":5",
        "\"normal\",\"falseAlarmsPerDay\":1"
      })
  void refusesAFieldThatNarrowsAnotherCommand(String command) throws IOException {
    String json =
        "{\"v\":1,\"id\":\"a\",\"camera\":\"press-1\",\"actsFromMicros\":0,\"command\":"
            + command
            + "}";

    assertThat(((Decoded.Rejected<ControlCommand>) decode(KEY, json)).detail())
        .contains(", allowed is with ")
        .endsWith(" only");
    assertThat(SchemasTest.problems(Schemas.CONTROL, json)).isNotEmpty();
  }

  @Test
  void takesIntegersAsTheSchemaDoes() throws IOException {
    String json =
        """
        {"v":1.0,"id":"a","camera":"press-1","actsFromMicros":1764000000123456.0,
         "command":"undo","minutes":5.0,"region":[]}
        """;

    assertThat(SchemasTest.problems(Schemas.CONTROL, json)).isEmpty();
    assertThat(decode(KEY, json).orElseThrow())
        .isEqualTo(new ControlCommand.Undo("a", "press-1", 1_764_000_000_123_456L, 5));
  }

  @Test
  void tellsHowManyBoxesAreTooMany() {
    String boxes = "{\"x\":0,\"y\":0,\"width\":1,\"height\":1},".repeat(9);
    String json =
        "{\"v\":1,\"id\":\"a\",\"camera\":\"press-1\",\"actsFromMicros\":0,\"command\":\"real\","
            + "\"region\":["
            + boxes.substring(0, boxes.length() - 1)
            + "]}";

    assertThat(((Decoded.Rejected<ControlCommand>) decode(KEY, json)).detail())
        .isEqualTo("region is a list of 9, allowed is a list of at most 8 objects");
  }

  @Test
  void anEmptyRegionIsTheWholePicture() {
    String json =
        """
        {"v":1,"id":"a","camera":"press-1","actsFromMicros":0,"command":"normal","region":[]}
        """;

    assertThat(decode(KEY, json).orElseThrow())
        .isEqualTo(new ControlCommand.Normal("a", "press-1", 0));
  }

  @Test
  void aCommandUnderTheKeyOfAnotherCameraIsRefused() {
    EncodedRecord record = Examples.encoded("control-reset");

    for (byte[] key : new byte[][] {CameraId.toKey("press-2"), {}, {(byte) 0xff}}) {
      assertThat(ControlCodec.decode(key, record.value()))
          .isEqualTo(
              new Decoded.Rejected<>(DeadLetterReason.BAD_KEY, "key must be the camera, press-1"));
    }
    assertThat(ControlCodec.decode(null, record.value())).isInstanceOf(Decoded.Rejected.class);
  }

  @Test
  void refusesRepeatedFieldsTrailingTextAndUnknownVersions() {
    assertThat(decode(KEY, "{\"v\":1,\"v\":1}").toString()).contains("Duplicate field");
    assertThat(decode(KEY, "{\"v\":1} {}").toString()).contains("BAD_COMMAND");
    assertThat(decode(KEY, "{\"v\":2}"))
        .isEqualTo(new Decoded.Rejected<>(DeadLetterReason.UNKNOWN_VERSION, "v is 2, known is 1"));
  }

  @Test
  void refusesToMakeACommandItWouldNotRead() {
    assertThatThrownBy(() -> new ControlCommand.Reset("", "press-1", 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ControlCommand.Sensitivity("a", "press-1", 0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
