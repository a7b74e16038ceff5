package io.andon.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of an image, with nothing of this machine's environment but the path. */
final class Started implements AutoCloseable {
  private static final int LIMIT_SECONDS = 360;
  private static final int STOP_SECONDS = 30;

  private final Process process;
  private final Path log;

  private Started(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static Started of(Path log, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    Map<String, String> inherited = Map.copyOf(builder.environment());
    builder.environment().clear();
    for (String name : List.of("PATH", "JAVA_HOME", "ANDON_MODELS")) {
      if (inherited.containsKey(name)) {
        builder.environment().put(name, inherited.getOrDefault(name, ""));
      }
    }
    builder.environment().putAll(environment);
    return new Started(builder.start(), log);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit status, awaited. */
  int status() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + LIMIT_SECONDS + " s:\n" + output());
    }
    return process.exitValue();
  }

  /** Asks it to end, as an engine does, and awaits its exit status. */
  int stop() throws InterruptedException {
    process.destroy();
    return status();
  }

  /** What a lost machine does to it, and to the processes that it has started. */
  void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    children.forEach(child -> child.onExit().join());
  }

  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "no output: " + e;
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS).join();
    if (process.isAlive()) {
      process.destroyForcibly().onExit().join();
    }
  }
}
