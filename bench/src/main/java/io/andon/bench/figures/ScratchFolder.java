package io.andon.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.util.FileUtils;

/** A temporary folder that is deleted when it is closed, and when the process is told to end. */
public final class ScratchFolder implements AutoCloseable {
  private final Path path;
  private final Thread atExit;

  /**
   * Makes it among the system's temporary files.
   *
   * @param name how its name begins
   */
  public ScratchFolder(String name) throws IOException {
    path = Files.createTempDirectory(name).toAbsolutePath();
    atExit = new Thread(this::delete, "delete-" + name);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  private void delete() {
    FileUtils.deleteDirectoryQuietly(path.toFile());
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // the process ends, and the hook deletes
    }
    delete();
  }
}
