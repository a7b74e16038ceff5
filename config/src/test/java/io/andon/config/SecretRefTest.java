package io.andon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRefTest {
  private static final String KEY = "cameras[0].password";

  @TempDir Path folder = Path.of("");

  @Test
  void readsAnEnvironmentVariable() throws ConfigException {
    Secret secret = new SecretRef("env:CAMERA_1").resolve(KEY, Map.of("CAMERA_1", "hunter2"));

    assertThat(secret.reveal()).isEqualTo("hunter2");
    assertThat(secret.toString()).doesNotContain("hunter2");
  }

  @Test
  void readsAFileWithoutItsLastLineEnd() throws IOException, ConfigException {
    Path file = Files.writeString(folder.resolve("secret"), "two\nlines\n");

    assertThat(new SecretRef("file:" + file).resolve(KEY).reveal()).isEqualTo("two\nlines");
  }

  @Test
  void tellsTheKeyAndThePlaceOfWhatIsMissing() {
    assertThatThrownBy(() -> new SecretRef("env:ABSENT").resolve(KEY, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(KEY + ": the environment variable ABSENT must be set");
    Path absent = folder.resolve("absent");
    assertThatThrownBy(() -> new SecretRef("file:" + absent).resolve(KEY))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(KEY + ": " + absent + " must be readable");
  }

  @Test
  void aVariableThatIsNoTextInThisLocaleIsRefusedAndNotShown() {
    assertThatThrownBy(
            () -> new SecretRef("env:CAMERA_1").resolve(KEY, Map.of("CAMERA_1", "hunt\ufffd2")))
        .hasMessageContainingAll("CAMERA_1", "LC_ALL=C.UTF-8")
        .message()
        .doesNotContain("hunt");
  }

  @Test
  void refusesEmptyAndOversizedFiles() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    Path large = Files.writeString(folder.resolve("large"), "x".repeat(70_000));

    for (Path file : new Path[] {empty, large}) {
      assertThatThrownBy(() -> new SecretRef("file:" + file).resolve(KEY))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("must hold 1 to 65536 bytes");
    }
  }

  /** The start would wait for ever for somebody who writes into a pipe. */
  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refusesWhatIsNoFile() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", "" + pipe).start().waitFor()).isZero();

    for (Path place : List.of(pipe, folder)) {
      assertThatThrownBy(() -> new SecretRef("file:" + place).resolve(KEY))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(KEY + ": " + place + " must be a regular file");
    }
  }

  /** As Kubernetes mounts a Secret: the folder behind a link is another one after each change. */
  @Test
  void readsThroughLinksWhatTheyNameNow() throws Exception {
    SecretRef ref = new SecretRef("file:" + folder.resolve("password"));
    Files.createSymbolicLink(folder.resolve("password"), Path.of("..data", "password"));
    for (String version : List.of("..1", "..2")) {
      Files.writeString(
          Files.createDirectory(folder.resolve(version)).resolve("password"), version + "\n");
      Path next = Files.createSymbolicLink(folder.resolve("..tmp"), Path.of(version));
      Files.move(next, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

      assertThat(ref.resolve(KEY).reveal()).isEqualTo(version);
    }
  }

  /** Read in another encoding it would be another password, and the broker's refusal no help. */
  @Test
  void refusesFilesOfOtherEncodings() throws IOException {
    String password = "hünter2";
    List<byte[]> contents =
        List.of(
            password.getBytes(StandardCharsets.ISO_8859_1),
            password.getBytes(StandardCharsets.UTF_16LE),
            ("\ufeff" + password).getBytes(StandardCharsets.UTF_8));

    for (byte[] content : contents) {
      Path file = Files.write(folder.resolve("secret"), content);
      assertThatThrownBy(() -> new SecretRef("file:" + file).resolve(KEY))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(KEY + ": " + file + " must be text in UTF-8")
          .hasMessageNotContaining("nter2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "env:", "env:1A", "file:relative", "", "ENV:A"})
  void refusesWhatIsNoReferenceWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> new SecretRef(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a secret is given as env:NAME or file:/path");
  }
}
