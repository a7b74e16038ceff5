package io.andon.quickstart.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Wrong options are told before anything is rendered. */
class ReplayUsageTest {
  @ParameterizedTest
  @CsvSource({
    "--fps, 0, 1 to 60",
    "--seconds, 5, 10 to 86400",
    "--injections, -1, 0 to 86400",
    "--cameras, oven, 'conveyor, press, assembly, rack'",
    "--kinds, broken, 'missing-part, wrong-colour,'",
    "--jitter, 0.5, 0.0 to 0.2",
    "--cycles, no, 'auto, off'",
    "--gate, none, 'off, safe, aggressive'",
    "--budget, 0.0, 0.001 to 10000.0"
  })
  void wrongOptionsAreToldWithWhatIsAllowed(String option, String value, String allowed) {
    StringWriter told = new StringWriter();
    int status =
        new CommandLine(new ReplayCommand())
            .setErr(new PrintWriter(told, true))
            .execute(option, value);
    assertThat(told.toString()).startsWith(option + " is " + value + ", allowed: " + allowed);
    assertThat(status).isEqualTo(2);
  }

  /** They would be planned for one moment, and most of them never be shown. */
  @ParameterizedTest
  @CsvSource({"10, 12, 2", "14, 3, 2", "31, 7, 6"})
  void moreAnomaliesThanFitAreRefusedWithHowManyDo(int seconds, int asked, int fit) {
    StringWriter told = new StringWriter();
    int status =
        new CommandLine(new ReplayCommand())
            .setErr(new PrintWriter(told, true))
            .execute("--seconds", "" + seconds, "--injections", "" + asked);
    assertThat(told.toString())
        .startsWith(
            "--injections is %d, allowed: 0 to %d in %d s of 2 cameras"
                .formatted(asked, fit, seconds));
    assertThat(status).isEqualTo(2);
  }
}
