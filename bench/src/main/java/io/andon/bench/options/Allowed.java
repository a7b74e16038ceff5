package io.andon.bench.options;

import java.util.Collection;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What numbers and words among the options are allowed. */
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

  /**
   * Makes sure that a number with a fraction can be.
   *
   * @throws ParameterException with what is allowed
   */
  public static void range(
      CommandSpec spec, String option, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new ParameterException(
          spec.commandLine(), "%s is %s, allowed: %s to %s".formatted(option, value, least, most));
    }
  }

  /**
   * Makes sure that words are known ones.
   *
   * @throws ParameterException with what is allowed
   */
  public static void words(
      CommandSpec spec, String option, Collection<String> values, Collection<String> known) {
    for (String value : values) {
      if (!known.contains(value)) {
        throw new ParameterException(
            spec.commandLine(),
            "%s is %s, allowed: %s".formatted(option, value, String.join(", ", known)));
      }
    }
  }

  /**
   * So that there are so many ports from the first one on.
   *
   * @throws ParameterException with what is allowed
   */
  public static void firstPort(CommandSpec spec, int port, int ports) {
    range(spec, "--port", port, 1, LAST_PORT - ports + 1);
  }
}
