package io.andon.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What would break nothing, and so pass, is refused. */
class ChaosUsageTest {
  @ParameterizedTest
  @CsvSource({
    "--rounds, 0, 1 to 1000",
    "--faults, kill-brokers, 'broker-away-60s, full-disk, kill-broker, kill-ingest,'",
    "--delivery, once, 'at-least-once, exactly-once, alternate'"
  })
  void wrongOptionsAreToldWithWhatIsAllowed(String option, String value, String allowed) {
    StringWriter told = new StringWriter();
    int status =
        new CommandLine(new ChaosCommand())
            .setErr(new PrintWriter(told, true))
            .execute("--root", "no-such-checkout", option, value);
    assertThat(told.toString()).startsWith(option + " is " + value + ", allowed: " + allowed);
    assertThat(status).isEqualTo(2);
  }
}
