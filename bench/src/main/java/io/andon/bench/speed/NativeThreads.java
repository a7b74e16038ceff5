package io.andon.bench.speed;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;

/**
 * CPU time of those of this process's threads that the kernel knows by certain names, one by one:
 * the JVM ends compilers that idle, and a sum would lose in a moment all that they ever spent.
 *
 * @param nanos by the kernel's number of the thread
 */
record NativeThreads(Map<String, Long> nanos) {
  private static final Path TASKS = Path.of("/proc/self/task");

  /** Threads whose names begin so, now. */
  static NativeThreads named(List<String> names) throws IOException {
    return named(names, TASKS);
  }

  static NativeThreads named(List<String> names, Path tasks) throws IOException {
    Map<String, Long> nanos = new HashMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
      for (Path task : all) {
        if (names.stream().anyMatch(text(task.resolve("comm"))::startsWith)) {
          nanos.put(task.getFileName().toString(), runNanos(task));
        }
      }
    }
    return new NativeThreads(nanos);
  }

  /** What they have spent since; of one that ended meanwhile nothing is known. */
  long nanosSince(NativeThreads before) {
    return nanos.entrySet().stream()
        .mapToLong(thread -> thread.getValue() - before.nanos.getOrDefault(thread.getKey(), 0L))
        .sum();
  }

  private static long runNanos(Path task) {
    Scanner statistics = new Scanner(text(task.resolve("schedstat")));
    return statistics.hasNextLong() ? statistics.nextLong() : 0;
  }

  /** Empty where the thread has ended meanwhile. */
  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException ended) {
      return "";
    }
  }
}
