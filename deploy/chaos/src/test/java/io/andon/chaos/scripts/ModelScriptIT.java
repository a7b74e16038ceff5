package io.andon.chaos.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.chaos.cluster.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When {@code scripts/model} takes what npm fetched for complete. */
class ModelScriptIT {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private ScriptFolder scripts;

  @BeforeEach
  void checkout() throws IOException {
    scripts = ScriptFolder.in(folder);
    for (String file : new String[] {"package-lock.json", "package.json", ".npmrc"}) {
      scripts.write("embedding-udf/model/" + file, file);
    }
    scripts.write("embedding-udf/src/main/java/io/andon/embedding/model/Importer.java", "");
    scripts.write("embedding-udf/src/main/resources/io/andon/embedding/model/weights.json", "");
    scripts.program("node", "");
    scripts.program(
        "mvn",
        "mkdir -p embedding-udf/target; echo a.jar >embedding-udf/target/importer.classpath");
    scripts.program("java", "mkdir -p .cache/models");
  }

  private void npm(String then) throws IOException {
    scripts.program(
        "npm", "mkdir -p node_modules; echo $$ >>%s/fetches; %s".formatted(folder, then));
  }

  private void model(String... options) throws Exception {
    String[] command = new String[options.length + 1];
    command[0] = "scripts/model";
    System.arraycopy(options, 0, command, 1, options.length);
    Shell.Result result = scripts.run(Map.of(), command);
    assertThat(result.status()).as(result.output()).isZero();
  }

  @Test
  void aFetchThatWasInterruptedIsDoneAgainAndACompleteOneIsNot() throws Exception {
    npm("exec sleep 600");
    ProcessBuilder builder = new ProcessBuilder("scripts/model").directory(folder.toFile());
    builder.environment().put("PATH", folder.resolve("programs") + ":" + System.getenv("PATH"));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile());
    Process interrupted = builder.start();
    Awaitility.await().until(() -> scripts.lines("fetches").size() == 1);
    interrupted.destroyForcibly();
    assertThat(interrupted.waitFor(10, TimeUnit.SECONDS)).isTrue();
    ProcessHandle.of(Long.parseLong(scripts.lines("fetches").get(0)))
        .ifPresent(ProcessHandle::destroyForcibly);
    assertThat(folder.resolve(".cache/npm/node_modules")).exists();

    npm("exit 0");
    model();
    assertThat(scripts.lines("fetches")).as("fetched again").hasSize(2);

    model("--force");
    assertThat(scripts.lines("fetches")).as("what is complete is kept").hasSize(2);

    Files.writeString(folder.resolve("embedding-udf/model/package-lock.json"), "another");
    model();
    assertThat(scripts.lines("fetches")).as("another lock file").hasSize(3);
  }
}
