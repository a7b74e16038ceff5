package io.andon.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class AdminTargetTest {
  private final StringWriter said = new StringWriter();

  private int topics(String bootstrapServers) {
    return IngestCommand.commandLine()
        .setErr(new PrintWriter(said))
        .execute("topics", "--bootstrap-servers", bootstrapServers);
  }

  @Test
  void aBrokerThatIsNotThereIsNamedWithWhatToLookFor() {
    assertThat(topics("127.0.0.1:1")).isEqualTo(IngestCommand.FAILED);
    assertThat(said.toString())
        .contains("--bootstrap-servers: 127.0.0.1:1 gave no answer within 10 s", "--config")
        .doesNotContain("org.apache");
  }

  @Test
  void noBrokerIsWrongUsage() {
    assertThat(topics("")).isEqualTo(IngestCommand.WRONG_USAGE);
    assertThat(said.toString()).contains("--bootstrap-servers and --config");
  }
}
