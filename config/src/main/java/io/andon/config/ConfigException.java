package io.andon.config;

import java.util.List;

/** A configuration that can't be used; carries every problem found, not just the first. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<Problem> problems;

  public ConfigException(String source, List<Problem> problems) {
    super(message(source, problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }

  private static String message(String source, List<Problem> problems) {
    StringBuilder text = new StringBuilder(source).append(": ").append(problems.size());
    text.append(problems.size() == 1 ? " problem" : " problems");
    for (Problem problem : problems) {
      text.append("\n  ").append(problem);
    }
    return text.toString();
  }

  /**
   * One problem.
   *
   * @param key path of the setting, {@code cameras[2].fps}
   * @param value the offending value as text; empty where it is missing or must not be shown
   * @param allowed what is allowed
   */
  public record Problem(String key, String value, String allowed) {
    @Override
    public String toString() {
      return value.isEmpty()
          ? key + ": " + allowed
          : key + ": " + value + " is not allowed; " + allowed;
    }
  }
}
