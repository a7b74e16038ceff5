package io.andon.bench.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the simulator's standard input: {@code inject-from <epochMillis> until <epochMillis>
 * count <n>}.
 *
 * @param fromMillis none begins before, milliseconds since the epoch
 * @param untilMillis all have ended by then, later than {@code fromMillis}
 * @param count how many over all cameras, 1 to {@value #MAX_COUNT}
 */
record InjectCommand(long fromMillis, long untilMillis, int count) {
  static final int MAX_COUNT = 10_000;

  private static final Pattern FORM =
      Pattern.compile("inject-from (\\d{1,15}) until (\\d{1,15}) count (\\d{1,5})");

  InjectCommand {
    if (untilMillis <= fromMillis) {
      throw new IllegalArgumentException(
          "until: " + untilMillis + " is not allowed; later than " + fromMillis);
    }
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException("count: " + count + " is not allowed; 1 to " + MAX_COUNT);
    }
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is no such command
   */
  static InjectCommand parse(String line) {
    Matcher parts = FORM.matcher(line.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "not a command; inject-from <epochMillis> until <epochMillis> count <n> is");
    }
    return new InjectCommand(
        Long.parseLong(parts.group(1)),
        Long.parseLong(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }
}
