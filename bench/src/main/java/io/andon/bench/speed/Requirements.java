package io.andon.bench.speed;

import com.sun.management.OperatingSystemMXBean;
import io.andon.embedding.model.ModelRefusedException;
import io.andon.embedding.model.ModelStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What has to be there before anything is measured. */
final class Requirements {
  /** Least memory that is free on the machine. */
  static final long FREE_MIB = 2_048;

  /** Least heap of this process. */
  static final long HEAP_MIB = 900;

  /** Detector, its bytes in Flink's state, and the copy that a checkpoint writes. */
  static final long HEAP_MIB_A_CAMERA = 9;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Path MEMORY = Path.of("/proc/meminfo");

  private Requirements() {}

  /** All that is missing, for people; empty if nothing is. */
  static List<String> missing(ModelStore models, String model, int firstPort, int ports)
      throws IOException {
    List<String> missing = new ArrayList<>();
    try {
      models.open(model);
    } catch (ModelRefusedException e) {
      missing.add(e.getMessage() + "\n  To do: make model");
    }
    for (int port = firstPort; port < firstPort + ports; port++) {
      if (!isFree(port)) {
        missing.add("port " + port + " is in use\n  To do: free it, or name others with --port");
      }
    }
    missing.addAll(memory(freeMebibytes(), Runtime.getRuntime().maxMemory() >> 20));
    return missing;
  }

  static List<String> memory(long freeMib, long heapMib) {
    List<String> missing = new ArrayList<>();
    if (freeMib < FREE_MIB) {
      missing.add(
          "%d MiB of memory are free, at least %d are needed\n  To do: end other programs"
              .formatted(freeMib, FREE_MIB));
    }
    if (heapMib < HEAP_MIB) {
      missing.add(
          "the heap may grow to %d MiB, at least %d are needed\n  To do: java -Xmx1536m"
              .formatted(heapMib, HEAP_MIB));
    }
    return missing;
  }

  /** Whether the machine has what the heap will take for so many cameras. */
  static List<String> freeFor(int cameras, long freeMib) {
    long needed = FREE_MIB + cameras * HEAP_MIB_A_CAMERA;
    return freeMib >= needed
        ? List.of()
        : List.of(
            "%d MiB of memory are free, %d cameras need %d\n  To do: end other programs, or fewer --cameras"
                .formatted(freeMib, cameras, needed));
  }

  /** Whether the heap holds the detectors of so many cameras and their state. */
  static List<String> heapFor(int cameras, long heapMib) {
    long needed = HEAP_MIB + cameras * HEAP_MIB_A_CAMERA;
    return heapMib >= needed
        ? List.of()
        : List.of(
            "the heap may grow to %d MiB, %d cameras need %d\n  To do: HEAP=%dm, or fewer --cameras"
                .formatted(heapMib, cameras, needed, needed));
  }

  /** Whether nobody listens on a port of this host. */
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Of the machine, or of the container where that has less in all. */
  static long freeMebibytes() throws IOException {
    long all = SYSTEM.getTotalMemorySize() >> 20;
    if (!Files.isReadable(MEMORY)) {
      return all; // no Linux: nothing else to go by
    }
    return Math.min(all, availableMebibytes());
  }

  private static long availableMebibytes() throws IOException {
    return Files.readAllLines(MEMORY).stream()
        .filter(line -> line.startsWith("MemAvailable:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }
}
