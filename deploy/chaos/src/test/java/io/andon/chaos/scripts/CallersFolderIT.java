package io.andon.chaos.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.chaos.cluster.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that are given to a script are meant from the folder it is called from. */
class CallersFolderIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private ScriptFolder scripts;

  @SuppressWarnings("NullAway.Init")
  private Path elsewhere;

  @BeforeEach
  void checkout() throws IOException {
    scripts = ScriptFolder.in(folder.resolve("checkout"));
    scripts.script("scripts/setup", "");
    scripts.script("scripts/model", "");
    scripts.script("scripts/build", "");
    for (String module : List.of("quickstart", "chaos")) {
      scripts.write("deploy/" + module + "/target/dependencies", "a.jar");
    }
    scripts.program(
        "java", "pwd >called-in; echo \"$ANDON_MODELS\" >models; echo \"$*\" >arguments");
    elsewhere = Files.createDirectory(folder.toRealPath().resolve("elsewhere"));
  }

  private Shell.Result run(Map<String, String> environment, String script, String... options)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of(scripts.root().resolve("scripts/" + script).toString()));
    command.addAll(List.of(options));
    return scripts.shell(elsewhere, environment).run(LIMIT, command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time-travel",
        "bench",
        "capacity",
        "budget",
        "scale",
        "chaos",
        "evaluate",
        "topics",
        "access"
      })
  void aScriptCalledFromElsewhereMeansThePathsFromThere(String script) throws Exception {
    Shell.Result result = run(Map.of(), script, "--config", "own.yaml", "--data", ".");

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(elsewhere.resolve("called-in")).hasContent(elsewhere + "\n");
    assertThat(elsewhere.resolve("arguments")).content().contains("--config own.yaml");
  }

  @Test
  void modelsAndTheDemosFolderStayThoseOfTheCheckout() throws Exception {
    run(Map.of(), "time-travel");
    assertThat(elsewhere.resolve("models")).hasContent(scripts.root() + "/.cache/models\n");
    assertThat(elsewhere.resolve("arguments"))
        .content()
        .contains("-Dandon.run=" + scripts.root() + "/run ");

    run(Map.of("ANDON_MODELS", "mine"), "time-travel");
    assertThat(elsewhere.resolve("models")).hasContent(elsewhere + "/mine\n");
  }

  @Test
  void accessWithoutAFileSaysHowToGiveIt() throws Exception {
    Shell.Result result = run(Map.of(), "access", "--dry-run");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output()).contains("make access ADMIN=admin.yaml");
    assertThat(elsewhere.resolve("arguments")).doesNotExist();
  }
}
