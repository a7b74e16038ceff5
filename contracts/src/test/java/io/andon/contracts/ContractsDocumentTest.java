package io.andon.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/contracts.md promises to strangers is what the code does. */
class ContractsDocumentTest {
  private String document = "";

  @BeforeEach
  void read() throws IOException {
    document = Files.readString(Path.of("../docs/contracts.md"));
  }

  @Test
  void theTableOfTopicsHasTheValuesTheyAreMadeWith() {
    for (TopicSpec topic : Topics.all()) {
      String row =
          document
              .lines()
              .filter(line -> line.startsWith("| `" + topic.name() + "` |"))
              .findFirst()
              .orElseThrow();
      long days = topic.retention().toDays();

      assertThat(row)
          .contains("| " + days + (days == 1 ? " day |" : " days |"))
          .contains("| " + (topic.retentionBytes() >> 30) + " GiB |")
          .contains("| " + (topic.maxMessageBytes() >> 20) + " MiB |");
    }
  }

  @Test
  void namesEveryHeaderAndFlag() {
    assertThat(document)
        .contains(
            FrameHeaders.encode(Examples.metadata()).stream()
                .map(header -> "`" + header.name() + "`")
                .toList())
        .contains(
            Examples.encoded("incident-opened").headers().stream()
                .map(header -> "`" + header.name() + "`")
                .toList())
        .contains(
            Arrays.stream(FrameFlag.values()).map(flag -> "`" + flag.wireName() + "`").toList());
  }

  @Test
  void showsEveryCommand() {
    assertThat(document)
        .contains(
            "`normal`", "`real`", "`freeze`", "`unfreeze`", "`reset`", "`sensitivity`", "`retire`");
  }

  @Test
  void theCommandsItShowsAreTaken() {
    long taken =
        document
            .lines()
            .map(line -> line.replaceFirst("^echo '(\\{.*\\})' .*$", "$1"))
            .filter(line -> line.contains("\"command\":"))
            .peek(
                line ->
                    assertThat(
                            ControlCodec.decode(
                                CameraId.toKey(Examples.CAMERA),
                                line.getBytes(StandardCharsets.UTF_8)))
                        .isInstanceOf(Decoded.Valid.class))
            .count();

    assertThat(taken).isEqualTo(4);
  }
}
