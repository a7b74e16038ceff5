package io.andon.quickstart.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory a process holds, as Linux tells it. */
public final class ResidentMemory {
  private ResidentMemory() {}

  /** Resident set in MiB; empty when the process is gone or this is not Linux. */
  public static OptionalLong mebibytes(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException gone) {
      return OptionalLong.empty();
    }
  }
}
