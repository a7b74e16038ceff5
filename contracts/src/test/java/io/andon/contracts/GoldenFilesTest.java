package io.andon.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenFilesTest {
  static List<Path> files() throws IOException {
    return GoldenFiles.all();
  }

  static Set<String> examples() {
    return Examples.all().keySet();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyRecordIsWrittenWithTheSameBytesAsEver(String name) throws IOException {
    Path file = GoldenFiles.file(name);

    assertThat(GoldenFiles.text(Examples.encoded(name))).isEqualTo(Files.readString(file));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyRecordEverWrittenIsReadAndWrittenBackUnchanged(Path file) throws IOException {
    EncodedRecord golden = GoldenFiles.read(file);

    Object record =
        Examples.decode(golden.topic(), golden.key(), golden.value(), golden.headers())
            .orElseThrow();

    assertThat(GoldenFiles.text(Examples.encode(record))).isEqualTo(GoldenFiles.text(golden));
  }

  @Test
  void everyTopicHasAGoldenFile() throws IOException {
    Set<String> covered =
        Examples.all().values().stream().map(EncodedRecord::topic).collect(Collectors.toSet());

    assertThat(covered)
        .containsExactlyInAnyOrderElementsOf(Topics.all().stream().map(TopicSpec::name).toList());
    assertThat(GoldenFiles.all()).hasSizeGreaterThanOrEqualTo(Examples.all().size());
  }
}
