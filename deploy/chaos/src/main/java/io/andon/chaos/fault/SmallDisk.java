package io.andon.chaos.fault;

import io.andon.bench.figures.ExitActions;
import io.andon.chaos.cluster.Shell;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file system of a few MiB that can really be full. Needs the right to mount. */
public final class SmallDisk implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int BLOCK = 1 << 16;

  private final Path directory;
  private final ExitActions.Registration unmountAtExit;

  private SmallDisk(Path directory) {
    this.directory = directory;
    unmountAtExit = ExitActions.OF_THIS_PROCESS.add(this::unmount);
  }

  /**
   * Puts one over a directory.
   *
   * @return empty where this process may not mount
   */
  public static Optional<SmallDisk> over(Path directory, int mebibytes)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Shell.Result mounted =
        shell("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "andon", "" + directory);
    return mounted.status() == 0 ? Optional.of(new SmallDisk(directory)) : Optional.empty();
  }

  private static Shell.Result shell(String... command) throws IOException, InterruptedException {
    return new Shell(Path.of("/"), Map.of()).run(LIMIT, List.of(command));
  }

  /** Fills it to the last byte. */
  void fill() throws IOException {
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      if (Files.getFileStore(directory).getUsableSpace() >= BLOCK) {
        throw full;
      }
    }
  }

  /** Makes room again. */
  void free() throws IOException {
    Files.delete(filler());
  }

  private Path filler() {
    return directory.resolve("filler");
  }

  @Override
  public void close() {
    if (unmountAtExit.withdraw()) {
      unmount();
    }
  }

  private void unmount() {
    try {
      shell("umount", "-l", directory.toString());
    } catch (IOException e) {
      System.err.println(directory + " stays mounted: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
