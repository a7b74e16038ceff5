package io.andon.chaos.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.chaos.cluster.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When {@code scripts/build} builds and when it knows that nothing has changed. */
class BuildScriptIT {
  private static final String SOURCE = "detection/src/main/java/Detector.java";

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private ScriptFolder scripts;

  @BeforeEach
  void checkout() throws IOException {
    scripts = ScriptFolder.in(folder);
    scripts.write("pom.xml", "");
    scripts.write("deploy/flink/pom.xml", "");
    scripts.write("deploy/quickstart/src/main/java/Demo.java", "");
    scripts.write(SOURCE, "");
    maven("");
  }

  /** Maven that leaves what a build leaves, and does something more. */
  private void maven(String more) throws IOException {
    scripts.program(
        "mvn",
        """
        echo "$*" >>builds
        mkdir -p deploy/quickstart/target deploy/flink/target
        echo "$PWD/pom.xml" >deploy/quickstart/target/dependencies
        touch deploy/flink/target/andon-job.jar
        """
            + more);
  }

  private int buildsAfter(int status) throws Exception {
    Shell.Result result = scripts.run(Map.of(), "scripts/build");
    assertThat(result.status()).as(result.output()).isEqualTo(status);
    return scripts.lines("builds").size();
  }

  @Test
  void buildsOnceAndAgainWhenASourceIsNewOrGone() throws Exception {
    assertThat(buildsAfter(0)).isEqualTo(1);
    assertThat(buildsAfter(0)).as("nothing has changed").isEqualTo(1);

    scripts.write(SOURCE, "changed");
    assertThat(buildsAfter(0)).isEqualTo(2);

    Files.delete(folder.resolve(SOURCE));
    assertThat(buildsAfter(0)).as("a source was deleted").isEqualTo(3);
    assertThat(buildsAfter(0)).isEqualTo(3);
  }

  @Test
  void buildsAgainWhatWasSavedDuringTheBuild() throws Exception {
    maven("sleep 0.1; echo saved >" + SOURCE);
    assertThat(buildsAfter(0)).isEqualTo(1);

    maven("");
    assertThat(buildsAfter(0)).isEqualTo(2);
    assertThat(buildsAfter(0)).isEqualTo(2);
  }

  @Test
  void buildsAgainAfterABuildThatFailed() throws Exception {
    assertThat(buildsAfter(0)).isEqualTo(1);
    scripts.write(SOURCE, "broken");
    maven("exit 1");
    assertThat(buildsAfter(1)).isEqualTo(2);

    maven("");
    assertThat(buildsAfter(0)).isEqualTo(3);
  }
}
