package io.andon.quickstart.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One running child JVM; its output goes to a bounded log file. Safe for several threads. */
public final class ChildProcess {
  private static final long MAX_LOG_BYTES = 10_000_000;
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final Process process;
  private volatile boolean printedReady;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the child.
   *
   * @param spec what to start
   * @param logFile where its standard output and error go
   */
  static ChildProcess start(ChildSpec spec, Path logFile) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(spec)).redirectErrorStream(true);
    builder.environment().putAll(spec.environment());
    BoundedLog log = new BoundedLog(logFile, MAX_LOG_BYTES);
    ChildProcess child = new ChildProcess(builder.start());
    Thread pump = new Thread(() -> child.pump(log), spec.name() + "-log");
    pump.setDaemon(true);
    pump.start();
    return child;
  }

  private static List<String> command(ChildSpec spec) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      // A session of its own: Ctrl-C reaches the supervisor alone, which then stops all in order.
      command.add(SETSID.toString());
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(spec.jvmOptions());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Child.class.getName());
    command.add(Long.toString(ProcessHandle.current().pid()));
    command.add(spec.mainClass().getName());
    command.addAll(spec.arguments());
    return command;
  }

  private void pump(BoundedLog log) {
    try (log;
        BufferedReader output =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        log.line(line);
        if (line.startsWith("READY")) {
          printedReady = true;
        }
      }
    } catch (IOException e) {
      // Killed, or the disk is full; then the child would block on its full pipe, so end it.
      if (process.isAlive()) {
        process.destroyForcibly();
        throw new UncheckedIOException(e);
      }
    }
  }

  boolean printedReady() {
    return printedReady;
  }

  /** Process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether the process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with the exit status when the process has ended. */
  CompletableFuture<Integer> exitStatus() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /**
   * Writes one line to the child's standard input.
   *
   * @throws IOException if the child has closed it or ended
   */
  public void send(String line) throws IOException {
    OutputStream input = process.getOutputStream();
    synchronized (input) {
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    }
  }

  void requestStop() {
    // Not Process.destroy, which closes the pipe and loses what the child says while it stops.
    process.toHandle().destroy();
  }

  /** Waits for the end; kills the process when it has not ended in time. */
  void awaitEnd(Duration patience) throws InterruptedException {
    if (!process.waitFor(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor(1, TimeUnit.SECONDS);
    }
  }

  /** Ends the process at once, as a crash would. */
  public void kill() {
    process.destroyForcibly();
  }
}
