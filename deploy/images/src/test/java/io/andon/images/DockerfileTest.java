package io.andon.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Dockerfile says of its images, against their files. */
class DockerfileTest {
  private static final Pattern STAGE = Pattern.compile("(?m)^FROM \\S+ AS (\\w+)$");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern PLUGINS = Pattern.compile("gstreamer1\\.0-[a-z-]+");

  private final Map<String, String> stages = stages();

  private static Map<String, String> stages() {
    try {
      String text =
          Files.readString(Layout.CHECKOUT.resolve("deploy/images/Dockerfile"))
              .replaceAll("(?m)^#.*\\n", "")
              .replaceAll("\\\\\\n\\s*", " ");
      Map<String, String> stages = new LinkedHashMap<>();
      List<MatchResult> starts = STAGE.matcher(text).results().toList();
      for (int i = 0; i < starts.size(); i++) {
        int end = i + 1 < starts.size() ? starts.get(i + 1).start() : text.length();
        stages.put(starts.get(i).group(1), text.substring(starts.get(i).end(), end));
      }
      return stages;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> words(String image, String instruction) {
    String line =
        Arrays.stream(stages.getOrDefault(image, "").split("\n"))
            .filter(each -> each.startsWith(instruction + " "))
            .findFirst()
            .orElseThrow(() -> new AssertionError(image + " has no " + instruction));
    return QUOTED.matcher(line).results().map(match -> match.group(1)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "flink"})
  void whatItStartsIsThere(String image) throws IOException {
    List<String> files = Layout.expected(image);

    assertThat(files).contains(words(image, "ENTRYPOINT").get(0).substring(1));
    assertThat(files).contains(words(image, "HEALTHCHECK").get(0).substring(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "flink"})
  void itIsNotRootAndTakesOnlyWhatWasLaidOut(String image) {
    String stage = stages.getOrDefault(image, "");

    assertThat(stage).contains("\nUSER 10001:10001\n").contains("COPY --from=build /out/" + image);
    assertThat(stage.split("\nCOPY ", -1)).hasSize(2);
    assertThat(stage.indexOf("\nUSER ")).isGreaterThan(stage.lastIndexOf("\nRUN "));
    assertThat(stage).doesNotContain("-jdk").doesNotContain("maven").doesNotContain("ADD ");
    assertThat(stages.get("build")).contains("deploy/images/install " + image + " /out/" + image);
  }

  /** The plugins that ingest needs are said once more in its guide. */
  @ParameterizedTest
  @ValueSource(strings = "ingest")
  void itHasThePluginsThatTheGuideNames(String image) throws IOException {
    Path guide = Layout.CHECKOUT.resolve("docs/ingest.md");

    assertThat(plugins(stages.getOrDefault(image, "")))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(plugins(Files.readString(guide)).toList());
  }

  private static Stream<String> plugins(String text) {
    return PLUGINS.matcher(text).results().map(MatchResult::group).distinct();
  }
}
