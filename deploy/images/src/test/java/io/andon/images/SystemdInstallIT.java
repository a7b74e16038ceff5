package io.andon.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What deploy/systemd lays out, in a folder that stands for the machine's root. */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SystemdInstallIT {
  private static final Path SYSTEMD = Layout.CHECKOUT.resolve("deploy/systemd");
  private static final Pattern START = Pattern.compile("(?m)^ExecStart=(.*)$");

  @TempDir private static Path folder;
  private static Path root = Path.of("");

  @BeforeAll
  static void installOnce() throws Exception {
    root = folder.resolve("root");
    // What an installation that was broken off left behind.
    Files.createDirectories(root.resolve("opt/andon/releases/.new-lost"));

    assertThat(install("first")).isEmpty();
  }

  @Test
  @Order(1)
  void whatTheUnitsStartIsThere() throws IOException {
    List<String> starts = new ArrayList<>();
    for (Path unit : units()) {
      starts.addAll(START.matcher(Files.readString(unit)).results().map(m -> m.group(1)).toList());
    }

    assertThat(starts).hasSize(3);
    for (String start : starts) {
      List<String> words = Arrays.asList(start.split(" "));
      assertThat(root.resolve(words.get(0).substring(1))).isExecutable();
      assertThat(words)
          .filteredOn(word -> word.startsWith("/opt/") || word.startsWith("/etc/"))
          .allSatisfy(word -> assertThat(root.resolve(word.substring(1))).isRegularFile());
    }
  }

  @Test
  @Order(2)
  void systemdTakesTheUnits() throws Exception {
    // What ours are ordered by is the system's.
    try (Stream<Path> system = Files.walk(Path.of("/usr/lib/systemd/system"))) {
      for (Path unit : system.filter(file -> !Files.isDirectory(file)).toList()) {
        Path copy = root.resolve(unit.toString().substring(1));
        Files.createDirectories(copy.getParent());
        Files.copy(unit, copy, LinkOption.NOFOLLOW_LINKS);
      }
    }

    assertThat(verified()).isEmpty();

    Path unit = root.resolve("usr/local/lib/systemd/system/andon-ingest.service");
    String text = Files.readString(unit);
    Files.writeString(unit, text.replace("ProtectHome=", "ProtectHomes="));
    assertThat(verified()).contains("ProtectHomes");
    Files.writeString(unit, text);
  }

  @Test
  @Order(3)
  void programsAreForEverybodyAndSettingsAreNot() throws IOException {
    Path release = root.resolve("opt/andon/releases/first");
    try (Stream<Path> files = Files.walk(release)) {
      assertThat(files.filter(Files::isRegularFile))
          .allSatisfy(
              file -> assertThat(Layout.permissions(file)).matches("r[w-][x-]r-[x-]r-[x-]"));
    }
    assertThat(root.resolve("opt/andon/releases/.new-lost")).doesNotExist();
    for (String file : List.of("ingest/ingest.yaml", "job/job.yaml", "job/flink/config.yaml")) {
      assertThat(Layout.permissions(root.resolve("etc/andon").resolve(file)))
          .isEqualTo("rw-r-----");
    }
  }

  @Test
  @Order(4)
  void anotherReleaseKeepsSettingsTheOneBeforeAndThoseThatRun() throws Exception {
    Path releases = root.resolve("opt/andon/releases");
    Files.createDirectories(releases.resolve("older"));
    Files.createDirectories(releases.resolve("running"));
    Path settings = root.resolve("etc/andon/ingest/ingest.yaml");
    Files.writeString(settings, "# mine\n");

    try (Started program = running("running")) {
      assertThat(program.isAlive()).isTrue();

      assertThat(install("second")).contains("running is kept: something runs from it");
    }

    assertThat(releases).isDirectoryNotContaining("glob:**/older");
    try (Stream<Path> left = Files.list(releases)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("first", "second", "running");
    }
    assertThat(Files.readSymbolicLink(root.resolve("opt/andon/current")))
        .hasToString("releases/second");
    assertThat(settings).hasContent("# mine");
  }

  @Test
  @Order(5)
  void whatRunsIsNotGivenAnotherRelease() throws Exception {
    try (Started program = running("second")) {
      assertThat(program.isAlive()).isTrue();

      assertThat(install("third")).isEmpty();
    }

    assertThat(root.resolve("opt/andon/releases/third")).isDirectory();
    assertThat(Files.readSymbolicLink(root.resolve("opt/andon/current")))
        .hasToString("releases/second");
  }

  @Test
  @Order(6)
  void aReleaseThatIsThereIsNotWrittenOver() throws Exception {
    assertThat(refused("second")).contains("second is there already");
    assertThat(refused("../up")).contains("not '../up'");
  }

  /** A process that says of itself that it was started from a release. */
  private static Started running(String release) throws IOException {
    return Started.of(
        folder.resolve("program.log"),
        Map.of(),
        List.of("bash", "-c", "exec -a /opt/andon/releases/" + release + "/program sleep 600"));
  }

  private static List<Path> units() throws IOException {
    try (Stream<Path> units = Files.list(root.resolve("usr/local/lib/systemd/system"))) {
      return units.toList();
    }
  }

  private static String verified() throws Exception {
    List<String> command =
        new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no", "--root=" + root));
    for (Path unit : units()) {
      command.add(unit.getFileName().toString().replace("@.", "@1."));
    }
    try (Started verify = Started.of(folder.resolve("verify.log"), Map.of(), command)) {
      assertThat(verify.status()).as(verify.output()).isZero();
      // Others' units are read with ours, and may be wrong in their own ways.
      return verify
          .output()
          .lines()
          .filter(line -> line.contains("andon-"))
          .collect(Collectors.joining("\n"));
    }
  }

  private static String install(String release) throws Exception {
    try (Started install = started(release)) {
      assertThat(install.status()).as(install.output()).isZero();
      return install.output();
    }
  }

  private static String refused(String release) throws Exception {
    try (Started install = started(release)) {
      assertThat(install.status()).isNotZero();
      return install.output();
    }
  }

  private static Started started(String release) throws IOException {
    return Started.of(
        folder.resolve("install.log"),
        Map.of(),
        List.of(SYSTEMD.resolve("install").toString(), root.toString(), release));
  }
}
