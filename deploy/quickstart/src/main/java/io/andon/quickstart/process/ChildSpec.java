package io.andon.quickstart.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How to start one child JVM. It runs on the supervisor's own JDK and class path.
 *
 * @param name short name, also of its log file
 * @param mainClass class whose {@code main} runs
 * @param arguments arguments of {@code main}; they show in the process list, so no secrets
 * @param jvmOptions options such as {@code -Xmx192m}
 * @param environment variables added to the inherited ones; may hold secrets, never printed
 * @param readiness when the child counts as started
 * @param readyTimeout how long it may take to get there
 */
public record ChildSpec(
    String name,
    Class<?> mainClass,
    List<String> arguments,
    List<String> jvmOptions,
    Map<String, String> environment,
    Readiness readiness,
    Duration readyTimeout) {
  public ChildSpec {
    arguments = List.copyOf(arguments);
    jvmOptions = List.copyOf(jvmOptions);
    environment = Map.copyOf(environment);
  }

  /** The same child with other variables. */
  public ChildSpec withEnvironment(Map<String, String> variables) {
    return new ChildSpec(
        name, mainClass, arguments, jvmOptions, variables, readiness, readyTimeout);
  }

  @Override
  public String toString() {
    return name + " (" + mainClass.getName() + ")";
  }
}
