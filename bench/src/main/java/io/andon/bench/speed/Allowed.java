package io.andon.bench.speed;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What numbers among the options are allowed. */
public final class Allowed {
  private static final int LAST_PORT = 65_535;

  private Allowed() {}

  /**
   * Makes sure that a number can be.
   *
   * @throws ParameterException with what is allowed
   */
  public static void range(CommandSpec spec, String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(), "%s is %d, allowed: %d to %d".formatted(option, value, least, most));
    }
  }

  /** So that there are so many ports from the first one on. */
  static void firstPort(CommandSpec spec, int port, int ports) {
    range(spec, "--port", port, 1, LAST_PORT - ports + 1);
  }
}
