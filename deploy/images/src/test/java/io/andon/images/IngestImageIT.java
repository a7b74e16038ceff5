package io.andon.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.andon.broker.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ingest image's files and start command. */
@Timeout(900)
class IngestImageIT {
  private static final String LIBRARIES = "opt/andon/ingest/lib/";
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int SIGTERM = 143;
  private static final int UNUSABLE = 3;

  @TempDir private static Path folder;
  private static Layout image = new Layout(Path.of(""));

  @BeforeAll
  static void layOut() throws Exception {
    image = Layout.install("ingest", folder.resolve("root"));
    try (Started bake =
        Started.of(
            folder.resolve("bake.log"), environment("bake"), image.program("ingest", "bake"))) {
      assertThat(bake.status()).as(bake.output()).isZero();
    }
  }

  private static Map<String, String> environment(String pod) {
    return Map.of("HOSTNAME", pod, "HOME", "/nonexistent", "TMPDIR", folder.toString());
  }

  @Test
  void itHoldsWhatIsListedBesideItsLibraries() throws IOException {
    assertThat(image.files())
        .filteredOn(file -> !file.startsWith(LIBRARIES))
        .filteredOn(file -> !file.equals("opt/andon/gstreamer/registry.bin"))
        .containsExactlyInAnyOrderElementsOf(Layout.expected("ingest"));
    assertThat(image.files())
        .anyMatch(file -> file.startsWith(LIBRARIES + "gst1-java-core-"))
        .noneMatch(file -> file.matches(".*/(flink|tensorflow|junit|kafka_2).*"));
    assertThat(image.isReadableForEverybody()).isTrue();
  }

  @Test
  void itsLibrariesAreThoseOfItsBill() throws IOException {
    assertThat(image.files())
        .filteredOn(file -> file.startsWith(LIBRARIES))
        .extracting(file -> file.replaceFirst(".*/", ""))
        .containsExactlyInAnyOrderElementsOf(image.jars("andon-ingest.cdx.json"));
  }

  @Test
  void aPodRunsWithTheFileOfItsNumberAndAnswers() throws Exception {
    int port = FreePorts.take(1).get(0);
    Path shards = Files.createDirectories(folder.resolve("shards"));
    Files.writeString(
        shards.resolve("ingest-1.yaml"),
        """
        kafka: {bootstrapServers: "127.0.0.1:1"}
        server: {port: %d}
        cameras: [{id: press-1, url: "rtsp://127.0.0.1:1/none"}]
        """
            .formatted(port));
    Map<String, Object> before = image.state();

    try (Started ingest =
        Started.of(
            folder.resolve("ingest.log"),
            environment("ingest-1"),
            image.program("ingest", "shard", shards.toString()))) {
      await()
          .atMost(LIMIT)
          .failFast("it ended", () -> requireAlive(ingest))
          .until(() -> healthy(port, "/health/live"));

      // The check gives an answer four seconds.
      await().atMost(LIMIT).until(() -> healthy(port, "/metrics"));
      assertThat(healthy(port, "/health/ready")).as("no broker answers").isFalse();
      assertThat(ingest.stop()).as(ingest.output()).isEqualTo(SIGTERM);
    }
    assertThat(healthy(port, "/health/live")).as("nobody listens any more").isFalse();
    assertThat(image.state()).as("nothing was written below the root").isEqualTo(before);
  }

  @Test
  void aPodWithoutAFileSaysWhichItWants() throws Exception {
    try (Started ingest =
        Started.of(
            folder.resolve("missing.log"),
            environment("ingest-7"),
            image.program("ingest", "shard", folder.toString()))) {
      assertThat(ingest.status()).isEqualTo(UNUSABLE);
      assertThat(ingest.output()).contains(folder.resolve("ingest-7.yaml") + " must exist");
    }
  }

  private static void requireAlive(Started process) {
    assertThat(process.isAlive()).as(process.output()).isTrue();
  }

  private static boolean healthy(int port, String path) throws Exception {
    try (Started check =
        Started.of(
            folder.resolve("healthy.log"),
            Map.of(),
            image.program("healthy", Integer.toString(port), path))) {
      return check.status() == 0;
    }
  }
}
