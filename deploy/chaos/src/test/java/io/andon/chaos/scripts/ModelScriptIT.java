package io.andon.chaos.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.chaos.cluster.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When {@code scripts/model} takes what npm fetched, and the models, for complete. */
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
    converting("");
  }

  /** Converts both networks; what is told between their files may end it. */
  private void converting(String between) throws IOException {
    scripts.program(
        "java",
        """
        echo x >>conversions
        for network in centernet-mobilenet-v3 movenet-mobilenet-v2; do
          mkdir -p .cache/models/$network
          cd .cache/models/$network
          echo x >saved_model.pb
          %s
          echo x >LICENSE; echo x >descriptor.json
          cd ../../..
        done
        """
            .formatted(between));
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
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> scripts.lines("fetches").size() == 1);
    interrupted.destroyForcibly();
    assertThat(interrupted.waitFor(1, TimeUnit.MINUTES)).isTrue();
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

  @Test
  void modelsThatAreOnlyHalfOfAnotherBuildAreConvertedAgain() throws Exception {
    npm("exit 0");
    model();
    model();
    assertThat(scripts.lines("conversions")).as("up to date").hasSize(1);

    Path recipe =
        folder.resolve("embedding-udf/src/main/java/io/andon/embedding/model/Importer.java");
    Files.writeString(recipe, "another");
    converting("exit 1");
    assertThat(scripts.run(Map.of(), "scripts/model").status()).isNotZero();
    assertThat(scripts.lines("conversions")).as("interrupted").hasSize(2);

    Files.writeString(recipe, "");
    converting("");
    model();
    assertThat(scripts.lines("conversions")).as("the first build again").hasSize(3);
    model();
    assertThat(scripts.lines("conversions")).as("up to date").hasSize(3);
  }

  @Test
  void aModelThatSomebodyDeletedIsConvertedAgain() throws Exception {
    npm("exit 0");
    model();
    Files.delete(folder.resolve(".cache/models/movenet-mobilenet-v2/descriptor.json"));

    model();

    assertThat(scripts.lines("conversions")).hasSize(2);
    assertThat(folder.resolve(".cache/models/movenet-mobilenet-v2/descriptor.json")).exists();
  }
}
