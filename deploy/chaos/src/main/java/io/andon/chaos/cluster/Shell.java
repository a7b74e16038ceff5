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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
    Running running = new Running(output);
    // Before it starts: what starts while this process begins to end would go on.
    ExitActions.Registration ending = ExitActions.OF_THIS_PROCESS.add(running::abandon);
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = running.start(builder, ending);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        kill(process);
        throw new IOException(command + " did not end within " + limit + ":\n" + text(output));
      }
      running.requireWanted();
      return new Result(process.exitValue(), text(output));
    } finally {
      ending.withdraw();
      Files.deleteIfExists(output);
    }
  }

  /**
   * A command, which ends with this process: a start that went on would start anew what has just
   * been stopped.
   */
  private static final class Running {
    private final Path output;
    private @Nullable Process process; // guarded by this
    private boolean abandoned; // guarded by this

    Running(Path output) {
      this.output = output;
    }

    synchronized Process start(ProcessBuilder builder, ExitActions.Registration ending)
        throws IOException, InterruptedException {
      abandoned |= ending.isLate();
      requireWanted();
      Process started = builder.start();
      process = started;
      return started;
    }

    /** Returns no more once this process ends: that a command was killed is no news then. */
    synchronized void requireWanted() throws InterruptedException {
      while (abandoned) {
        wait();
      }
    }

    synchronized void abandon() {
      abandoned = true;
      try {
        if (process != null) {
          kill(process);
          process.waitFor();
        }
        Files.deleteIfExists(output);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
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
