package io.andon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.andon.config.ConfigException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  private static final String SCHEMA = "io/andon/config/line.schema.json";

  @TempDir Path folder = Path.of("");

  private static LineConfig load(String yaml) throws ConfigException {
    return ConfigLoader.load(yaml, "line.yaml", SCHEMA, LineConfig.class);
  }

  private static List<Problem> problemsOf(String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> load(yaml)).problems();
  }

  @Test
  void fillsInDefaultsAtAllDepths() throws ConfigException {
    LineConfig config = load("cameras: [{id: press-1}, {id: press-2, fps: 2.5, transport: udp}]");

    assertThat(config.name()).isEqualTo("line");
    assertThat(config.kafka().batch().lingerMillis()).isEqualTo(5);
    assertThat(config.cameras())
        .containsExactly(
            new LineConfig.Camera("press-1", 10, LineConfig.Transport.TCP, null),
            new LineConfig.Camera("press-2", 2.5, LineConfig.Transport.UDP, null));
  }

  @Test
  void fillsInASectionThatIsWrittenInPart() throws ConfigException {
    LineConfig config = load("kafka: {batch: {lingerMillis: 7}}\ncameras: [{id: a}]");

    assertThat(config.kafka().servers()).isEqualTo("127.0.0.1:19092");
    assertThat(config.kafka().batch().lingerMillis()).isEqualTo(7);
  }

  @Test
  void takesWordsForWordsAndNotForTruthValues() throws ConfigException {
    LineConfig config = load("name: off\ncameras: [{id: no}]");

    assertThat(config.name()).isEqualTo("off");
    assertThat(config.cameras()).extracting(LineConfig.Camera::id).containsExactly("no");
  }

  @Test
  void tellsEveryProblemAtOnceInTheOrderOfTheFile() {
    String yaml =
        """
        kafka:
          batch: {lingerMillis: 5000}
        cameras:
          - id: press-1
            transport: smoke
          - fps: 0
            id: Press 2
          - fps: many
        name: ''
        """;

    assertThat(problemsOf(yaml))
        .containsExactly(
            new Problem("kafka.batch.lingerMillis", "5000", "allowed is an integer from 0 to 1000"),
            new Problem("cameras[0].transport", "smoke", "allowed is one of tcp, udp"),
            new Problem("cameras[1].fps", "0", "allowed is a number above 0 and at most 60"),
            new Problem(
                "cameras[1].id",
                "Press 2",
                "allowed is text that matches ^[a-z0-9][a-z0-9._-]{0,63}$"
                    + " (small letters, digits, dot, hyphen and underscore)"),
            new Problem(
                "cameras[2].id",
                "",
                "is required: text that matches ^[a-z0-9][a-z0-9._-]{0,63}$"
                    + " (small letters, digits, dot, hyphen and underscore)"),
            new Problem("cameras[2].fps", "many", "allowed is a number above 0 and at most 60"),
            new Problem("name", "\"\"", "allowed is text of 1 to 20 characters"));
  }

  @Test
  void messageHoldsTheSourceAndEveryProblem() {
    assertThatThrownBy(() -> load("cameras: []\nname: 5"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            line.yaml: 2 problems
              cameras: a list of 0 is not allowed; allowed is a list of 1 to 4 items
              name: 5 is not allowed; allowed is text of 1 to 20 characters, in quotes""");
  }

  @Test
  void suggestsTheNearestKeyForAnUnknownOne() {
    assertThat(problemsOf("cameras: [{id: a, transprot: udp}]"))
        .containsExactly(
            new Problem("cameras[0].transprot", "", "is no known key; did you mean transport?"));
  }

  @Test
  void listsTheKnownKeysWhereNoneIsNear() {
    assertThat(problemsOf("cameras: [{id: a}]\ncolour: red"))
        .containsExactly(
            new Problem("colour", "", "is no known key; known are name, kafka, cameras"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cameras: ['rtsp://viewer:hunter2@line/1']",
        "cameras: 'rtsp://viewer:hunter2@line/1'",
        "kafka: 'sasl_ssl:job:hunter2'",
        "cameras: [{id: a, password:hunter2}]",
        "cameras: [{id: a, password=hunter2: x}]",
      })
  void showsNothingThatStandsInThePlaceOfASectionOrBehindAKey(String yaml) {
    assertThat(problemsOf(yaml))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "true", "1e3"})
  void saysThatTextWhichLooksLikeANumberNeedsQuotes(String id) throws ConfigException {
    assertThat(problemsOf("cameras: [{id: " + id + "}]").get(0).allowed()).endsWith(", in quotes");
    assertThat(load("cameras: [{id: '" + id + "'}]").cameras().get(0).id()).isEqualTo(id);
  }

  @Test
  void neverShowsTheValueOfASecret() {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class, () -> load("cameras: [{id: a, password: hunter2}]"));

    assertThat(e.problems()).extracting(Problem::key).containsExactly("cameras[0].password");
    assertThat(e).hasMessageNotContaining("hunter2").hasMessageContaining("env:NAME");
  }

  @Test
  void aBrokenLineIsNamedByItsPlaceAndNotShown() {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class, () -> load("cameras:\n  - id: a\n    password: \"hunter2\n"));

    assertThat(e.problems()).hasSize(1);
    assertThat(e.problems().get(0).key()).startsWith("(line ");
    assertThat(e.problems().get(0).allowed()).startsWith("must be YAML: ");
    assertThat(e).hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: !a!hunter2 !hunter2!x",
        "password: !hunter2!x y",
        "password:hunter2, password:hunter2",
        "password=hunter2: x, password=hunter2: x",
        "password: 1:30.5hunter2",
        "password: \"hunter2\\q\"",
        "password: %hunter2",
        "password: *hunter2"
      })
  void showsNothingOfASecretThatIsNoYaml(String password) {
    assertThat(problemsOf("cameras: [{id: a, " + password + "}]"))
        .hasSize(1)
        .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("hunter2"));
  }

  @Test
  void tellsWhereAControlCharacterIs() {
    assertThat(problemsOf("# \ud83d\ude00\nname: \ud83d\ude00\u0007\ncameras: [{id: a}]"))
        .containsExactly(
            new Problem("(line 2, column 8)", "", "must not hold the control character U+0007"));
  }

  @Test
  void showsKeysOnOneShortLine() {
    assertThat(problemsOf("\"a\\n\\e[31m\": x\ncameras: [{id: a}]").get(0).key())
        .isEqualTo("a??[31m");
    assertThat(problemsOf("x".repeat(1000) + ": x\ncameras: [{id: a}]").get(0).key())
        .isEqualTo("x".repeat(80) + "...");
  }

  @Test
  void refusesDuplicateKeys() {
    List<Problem> problems = problemsOf("name: a\nname: b\ncameras: [{id: a}]");

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).allowed()).containsIgnoringCase("duplicate field 'name'");
  }

  @Test
  void refusesAliasesAndSecondDocuments() {
    assertThat(problemsOf("name: &n a\ncameras: [{id: *n}]"))
        .extracting(Problem::allowed)
        .containsExactly("aliases (*name) aren't supported");
    assertThat(problemsOf("cameras: [{id: a}]\n---\nname: b"))
        .extracting(Problem::allowed)
        .containsExactly("one document a file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# only a comment", "just text", "[1, 2]", "null"})
  void refusesWhatHoldsNoKeys(String yaml) {
    assertThat(problemsOf(yaml))
        .containsExactly(new Problem("(file)", "", "must hold keys and values"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "{}", "[1]", "'5'", "1e400"})
  void refusesANumberOfTheWrongKind(String fps) {
    assertThat(problemsOf("cameras: [{id: a, fps: " + fps + "}]"))
        .extracting(Problem::key)
        .containsExactly("cameras[0].fps");
  }

  @ParameterizedTest
  @ValueSource(strings = {".nan", ".inf", "-.inf"})
  void refusesWhatIsNoFiniteNumberByItsPlace(String fps) {
    assertThat(problemsOf("cameras: [{id: a, fps: " + fps + "}]"))
        .extracting(Problem::key)
        .allMatch(key -> key.startsWith("(line 1, column"))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"017", "-017", "00", "01.5", "1_0", "5_", "1_0.5", "0x1_0", "1:30.5"})
  void refusesNumbersThatAreReadAsOthersThanTheyLook(String number) {
    String yaml = "name: good\ncameras: [{id: a, fps: " + number + "}]";

    assertThat(problemsOf(yaml))
        .containsExactly(
            new Problem(
                problemsOf(yaml).get(0).key(),
                "",
                "a number must be finite, without leading zeros, underscores and colons;"
                    + " text that looks like one goes into quotes"));
    assertThat(problemsOf(yaml).get(0).key()).startsWith("(line 2, column 2");
  }

  @ParameterizedTest
  @CsvSource({"10, 10", "+5, 5", "0.5, 0.5", ".5, 0.5", "5., 5", "1e1, 10", "0x10, 16", "0b11, 3"})
  void readsNumbersAsTheyLook(String number, double fps) throws ConfigException {
    assertThat(load("cameras: [{id: a, fps: " + number + "}]").cameras().get(0).fps())
        .isEqualTo(fps);
  }

  @Test
  void takesTextThatLooksLikeANumberInQuotes() throws ConfigException {
    assertThat(load("cameras: [{id: '017'}]").cameras().get(0).id()).isEqualTo("017");
  }

  @Test
  void asksTheConfigurationForRulesBetweenItsValues() {
    assertThat(problemsOf("cameras: [{id: a}, {id: b}, {id: a}]"))
        .containsExactly(new Problem("cameras[2].id", "a", "no two cameras share an id"));
  }

  @Test
  void aRecordThatRefusesItsValuesGivesAProblem() {
    assertThat(problemsOf("cameras: [{id: a}, {id: forbidden}]"))
        .containsExactly(new Problem("cameras[1]", "", "this id is taken by the system"));
  }

  @Test
  void readsAFile() throws IOException, ConfigException {
    Path file = Files.writeString(folder.resolve("line.yaml"), "cameras: [{id: grün}]");

    ConfigException e =
        catchThrowableOfType(
            ConfigException.class, () -> ConfigLoader.load(file, SCHEMA, LineConfig.class));
    assertThat(e).hasMessageStartingWith(file + ": 1 problem").hasMessageContaining("grün");

    Files.writeString(file, "cameras: [{id: green}]");
    assertThat(ConfigLoader.load(file, SCHEMA, LineConfig.class).cameras()).hasSize(1);
  }

  @Test
  void refusesFilesThatAreMissingFoldersTooLargeOrNoText() throws IOException {
    Path large = folder.resolve("large.yaml");
    Files.writeString(large, "#".repeat(ConfigLoader.MAX_BYTES + 1));
    Path binary = folder.resolve("binary.yaml");
    Files.write(binary, "name: \u00ff".getBytes(StandardCharsets.ISO_8859_1));

    assertRefused(folder.resolve("absent.yaml"), "must exist");
    assertRefused(folder, "must be a regular file");
    assertRefused(large, "must be at most 1048576 bytes");
    assertRefused(binary, "must be UTF-8 text");
  }

  private static void assertRefused(Path file, String allowed) {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class, () -> ConfigLoader.load(file, SCHEMA, LineConfig.class));
    assertThat(e.problems()).containsExactly(new Problem("(file)", "", allowed));
  }

  @Test
  void aMissingSchemaIsAnErrorOfTheProgram() {
    assertThatThrownBy(() -> ConfigLoader.load("a: 1", "x", "no/such.json", LineConfig.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no/such.json");
  }
}
