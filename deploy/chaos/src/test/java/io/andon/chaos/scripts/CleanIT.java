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

/** {@code make clean} deletes nothing under a demo. */
class CleanIT {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private ScriptFolder checkout;

  @BeforeEach
  void lay() throws IOException {
    checkout = ScriptFolder.in(folder);
    checkout.write("Makefile", Files.readString(Path.of("../../Makefile")));
    checkout.write("run/broker/00.log", "frames");
    checkout.write("bench/target/built", "");
  }

  private Shell.Result clean() throws Exception {
    return checkout.run(Map.of(), "make", "clean");
  }

  @Test
  void refusesWhileADemoRunsAndSaysWhatToDo() throws Exception {
    // A shell that waits, with the arguments of a demo.
    Process demo =
        new ProcessBuilder("bash", "-c", "read -r; exit", "java", "io.andon.quickstart.Demo")
            .start();
    try {
      checkout.write("run/.lock", demo.pid() + "\n");

      Shell.Result result = clean();

      assertThat(result.status()).isNotZero();
      assertThat(result.output()).contains("process " + demo.pid(), "To do: end it");
      assertThat(checkout.root().resolve("run/broker/00.log")).exists();
      assertThat(checkout.root().resolve("bench/target/built")).exists();
    } finally {
      demo.destroyForcibly().waitFor();
    }
    assertThat(clean().status()).isZero();
    assertThat(checkout.root().resolve("run")).doesNotExist();
  }

  @Test
  void aNumberThatSomebodyElseHasNowHoldsNothingUp() throws Exception {
    checkout.write("run/.lock", ProcessHandle.current().pid() + "\n");

    assertThat(clean().status()).isZero();
    assertThat(checkout.root().resolve("run")).doesNotExist();
    assertThat(checkout.root().resolve("bench/target")).doesNotExist();
  }

  @Test
  void aFolderOfNoDemoIsDeleted() throws Exception {
    assertThat(clean().status()).isZero();
    assertThat(checkout.root().resolve("run")).doesNotExist();
  }
}
