package io.andon.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Wrong numbers are told before anything is started. */
class UsageTest {
  private static final int USAGE = 2;

  @ParameterizedTest
  @CsvSource({
    "--port, 0, 1 to 65528",
    "--port, 65529, 1 to 65528",
    "--port, 70000, 1 to 65528",
    "--rounds, 0, 1 to 1000"
  })
  void ofTheBench(String option, String value, String allowed) {
    assertTold(new BenchCommand(), option, value, allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "--port, -1, 1 to 65533",
    "--cameras, 0, 1 to 100000",
    "--cameras, -10, 1 to 100000",
    "--warm-up-frames, 39, 40 to 10000",
    "--checkpoint-seconds, 0, 1 to 3600",
    "--state, memory, 'hashmap, rocksdb'"
  })
  void ofCapacity(String option, String value, String allowed) {
    assertTold(new CapacityCommand(), option, value, allowed);
  }

  /** A ratio of two precisions would say nothing. */
  @Test
  void aPeerOfOnePrecisionIsNotMeasuredInAnother() {
    StringWriter told = new StringWriter();
    int status =
        command(new BenchCommand(), told)
            .execute("--precision", "bf16", "--peers", "as_published,async");
    assertThat(told.toString())
        .startsWith("--peers is AS_PUBLISHED, allowed with --precision bf16: the others");
    assertThat(status).isEqualTo(USAGE);
  }

  private static CommandLine command(Callable<Integer> command, StringWriter told) {
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setErr(new PrintWriter(told, true));
  }

  private static void assertTold(
      Callable<Integer> command, String option, String value, String allowed) {
    StringWriter told = new StringWriter();
    int status = command(command, told).execute(option, value);
    assertThat(told.toString()).startsWith(option + " is " + value + ", allowed: " + allowed);
    assertThat(status).isEqualTo(USAGE);
  }
}
