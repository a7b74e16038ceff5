package io.andon.bench.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Wrong numbers are told before anything is watched. */
class BudgetUsageTest {
  @ParameterizedTest
  @CsvSource({
    "--cameras, 0, 1 to 10000",
    "--hours, NaN, 1.0 to 8760.0",
    "--hours, 0.5, 1.0 to 8760.0",
    "--threads, 0, 1 to 1024"
  })
  void wrongNumbersAreToldWithWhatIsAllowed(String option, String value, String allowed) {
    StringWriter told = new StringWriter();
    int status =
        new CommandLine(new BudgetCommand())
            .setErr(new PrintWriter(told, true))
            .execute(option, value);
    assertThat(told.toString()).startsWith(option + " is " + value + ", allowed: " + allowed);
    assertThat(status).isEqualTo(2);
  }
}
