package io.andon.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar that {@code flink run} takes. */
class JobJarIT {
  @Test
  void holdsTheJobAndNothingThatTheClusterBrings() throws Exception {
    try (JarFile jar = new JarFile(jobJar().toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();

      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("io.andon.job.JobMain");
      assertThat(names)
          .contains(
              "io/andon/job/AndonTopology.class",
              "io/andon/detection/CameraDetector.class",
              "io/andon/contracts/Topics.class",
              "io/andon/config/ConfigLoader.class",
              "io/andon/embedding/flink/EmbedOperatorFactory.class",
              "io/andon/job/job.schema.json",
              "org/apache/flink/connector/kafka/source/KafkaSource.class",
              "org/apache/kafka/clients/consumer/KafkaConsumer.class",
              "com/fasterxml/jackson/databind/ObjectMapper.class");
      assertThat(names)
          .noneMatch(
              name ->
                  Stream.of(
                          "ai/djl/",
                          "org/tensorflow/",
                          "org/bytedeco/",
                          "io/micrometer/",
                          "org/slf4j/",
                          "org/apache/logging/",
                          "org/apache/flink/runtime/",
                          "org/apache/flink/streaming/runtime/")
                      .anyMatch(name::startsWith));
    }
  }

  private static Path jobJar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-job.jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
