package io.andon.chaos.cluster;

import io.andon.bench.figures.ExitActions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs commands to their end, with a limit on time.
 *
 * @param directory where they run
 * @param environment variables that are added to the inherited ones
 */
public record Shell(Path directory, Map<String, String> environment) {
  public Shell {
    environment = Map.copyOf(environment);
  }

  /**
   * What a command did.
   *
   * @param status its exit status
   * @param output standard output and error together
   */
  public record Result(int status, String output) {}

  /**
   * Runs a command.
   *
   * @throws IOException if it can't be started, or does not end in time; then it is killed
   */
  public Result run(Duration limit, List<String> command) throws IOException, InterruptedException {
    // Output by a file: what stays in the background must not hold a pipe open.
    Path output = Files.createTempFile("andon-shell", ".out");
    AtomicBoolean abandoned = new AtomicBoolean();
    ExitActions.Registration ending = null;
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      ending =
          ExitActions.OF_THIS_PROCESS.add(
              () -> {
                abandoned.set(true);
                abandon(process, output);
              });
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        kill(process);
        throw new IOException(command + " did not end within " + limit + ":\n" + text(output));
      }
      if (abandoned.get()) {
        new CountDownLatch(1).await(); // the process ends: that it was killed is no news
      }
      return new Result(process.exitValue(), text(output));
    } finally {
      if (ending != null) {
        ending.withdraw();
      }
      Files.deleteIfExists(output);
    }
  }

  /** This process ends: a start that goes on would start what the end has just stopped. */
  private static void abandon(Process process, Path output) {
    kill(process);
    try {
      process.waitFor();
      Files.deleteIfExists(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void kill(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly(); // first, so that it starts no more of them
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * Runs a command that must succeed.
   *
   * @return its output
   * @throws IOException if it fails, with its output
   */
  public String require(Duration limit, String... command)
      throws IOException, InterruptedException {
    Result result = run(limit, List.of(command));
    if (result.status() != 0) {
      throw new IOException(
          String.join(" ", command) + " ended with " + result.status() + ":\n" + result.output());
    }
    return result.output();
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
