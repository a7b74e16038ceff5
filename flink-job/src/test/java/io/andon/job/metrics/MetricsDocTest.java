package io.andon.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.embedding.flink.EmbedMeter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/metrics.md lists each of the job's meters, and no other. */
class MetricsDocTest {
  @Test
  void theJobsSectionIsTheCatalogue() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("../docs/metrics.md"));
    int begin = lines.indexOf("## Job");
    assertThat(begin).as("a section \"## Job\"").isNotNegative();
    List<String> rows =
        lines.stream()
            .skip(begin + 1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(rows).containsExactlyElementsOf(catalogue());
  }

  private static List<String> catalogue() {
    Stream<String> own =
        Arrays.stream(JobMetric.values())
            .map(m -> row(m.meterName(), m.type(), m.unit(), m.labels(), m.meaning()));
    Stream<String> embed =
        Arrays.stream(EmbedMeter.values())
            .map(m -> row(m.meterName(), m.type(), m.unit(), m.labels(), m.meaning()));
    return Stream.concat(own, embed).toList();
  }

  private static String row(
      String name, Enum<?> type, String unit, List<String> labels, String meaning) {
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            name,
            type.name().toLowerCase(Locale.ROOT),
            unit.isEmpty() ? "-" : unit,
            labels.isEmpty() ? "-" : String.join(", ", labels),
            meaning);
  }
}
