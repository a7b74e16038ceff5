package io.andon.embedding.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFlowRuntimeIT {
  @Test
  void withoutNativesItSaysWhereTheyMayComeFrom() throws Exception {
    try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
      assertThatThrownBy(() -> TensorFlowRuntime.unpack(empty))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll("TENSORFLOW_LIBRARY_PATH", "tensorflow-core-native", "never");
    }
  }

  /** DJL keeps what it downloads in a folder of its own: it stays empty. */
  @Test
  void startsFromTheClassPathAndDownloadsNothing(@TempDir Path cache) throws Exception {
    String before = System.getProperty("ENGINE_CACHE_DIR");
    System.setProperty("ENGINE_CACHE_DIR", cache.toString());
    try {
      Engine engine = TensorFlowRuntime.start(0);

      assertThat(engine.getVersion()).startsWith("2.16");
      assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
      String natives =
          System.getProperty(
              TensorFlowRuntime.LIBRARY_PATH,
              String.valueOf(System.getenv(TensorFlowRuntime.LIBRARY_PATH)));
      assertThat(Path.of(natives)).isDirectoryContaining("glob:**/libtensorflow_cc.so.2");
      try (var files = Files.list(cache)) {
        assertThat(files).isEmpty();
      }
    } finally {
      if (before == null) {
        System.clearProperty("ENGINE_CACHE_DIR");
      } else {
        System.setProperty("ENGINE_CACHE_DIR", before);
      }
    }
  }

  @Test
  void usesOneDnnUnlessItWasToldNotTo() {
    TensorFlowRuntime.start(0);

    String told = System.getenv(TensorFlowRuntime.ONE_DNN);
    assertThat(ProcessEnvironment.get(TensorFlowRuntime.ONE_DNN))
        .isEqualTo(told == null ? "1" : told);
  }

  @Test
  void anotherNumberOfThreadsInOneProcessIsRefused() {
    TensorFlowRuntime.start(0);

    assertThatThrownBy(() -> TensorFlowRuntime.start(3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("intraOpThreads is 3; allowed is 0");
  }
}
