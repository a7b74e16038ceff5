package io.andon.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.andon.broker.EmbeddedBroker;
import io.andon.broker.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose events are meant where the configuration is not told. */
class TimeTravelIT {
  @TempDir private Path root;

  @SuppressWarnings("NullAway.Init")
  private RunFolder run;

  @SuppressWarnings("NullAway.Init")
  private List<Integer> ports;

  @BeforeEach
  void aRunThatHasEnded() throws IOException {
    run = RunFolder.prepare(root.resolve("run"));
    ports = FreePorts.take(2);
    Files.writeString(
        run.configuration().resolve("job.yaml"),
        "kafka: {bootstrapServers: \"127.0.0.1:%d\"}%n".formatted(ports.get(0)));
    broker(run.broker()).close();
  }

  private EmbeddedBroker broker(Path folder) throws IOException {
    return EmbeddedBroker.start(folder, ports.get(0), ports.get(1));
  }

  private String refused() throws IOException {
    return said(2, List.of());
  }

  private String said(int status, List<String> arguments) throws IOException {
    PrintStream usual = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, UTF_8));
    try {
      assertThat(TimeTravel.run(run, arguments)).isEqualTo(status);
    } finally {
      System.setErr(usual);
    }
    return said.toString(UTF_8);
  }

  @Test
  void anotherBrokerOnTheDemosPortIsNotTakenForItsOwn() throws IOException {
    try (EmbeddedBroker cluster = broker(root.resolve("cluster"))) {
      assertThat(cluster.bootstrapServers()).isEqualTo("127.0.0.1:" + ports.get(0));

      assertThat(refused()).contains("another broker answers", "CONFIG=run/cluster/job.yaml");
    }
  }

  @Test
  void helpStartsNoBroker() throws IOException {
    assertThat(said(0, List.of("--help"))).isEmpty();
  }

  @Test
  void aDemoThatIsStartingIsLeftAlone() throws IOException {
    try (RunLock demo = RunLock.take(run.root())) {
      assertThat(refused()).contains(demo.folder() + " is in use by a demo");
    }
  }
}
