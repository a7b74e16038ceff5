package io.andon.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the job's processes write into their logs, which are bounded. */
class LogSettingsTest {
  @TempDir private Path folder;

  @BeforeEach
  void nameTheLog() {
    System.setProperty("log.file", folder.resolve("task.log").toString());
  }

  @AfterEach
  void forgetTheLog() {
    System.clearProperty("log.file");
  }

  /** Six lines a checkpoint would fill a log of 40 MB within days, whatever else it should tell. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "../flink/src/home/conf/log4j2.properties",
        "../flink/src/home/conf/log4j2-console.properties",
        "src/main/resources/log4j2-child.xml"
      })
  void flinksWarningOfEachCheckpointIsLeftOutAndNoOther(String file) {
    try (LoggerContext context = new LoggerContext(file)) {
      Configuration settings =
          ConfigurationFactory.getInstance()
              .getConfiguration(context, file, Path.of(file).toAbsolutePath().toUri());
      context.start(settings);

      assertThat(context.getLogger("org.apache.flink.metrics.MetricGroup").getLevel())
          .isEqualTo(Level.ERROR);
      assertThat(context.getLogger("org.apache.flink.metrics.reporter").isInfoEnabled()).isTrue();
      assertThat(context.getLogger("org.apache.flink.runtime.taskmanager.Task").isInfoEnabled())
          .isTrue();
    }
  }
}
