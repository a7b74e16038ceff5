package io.andon.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.FileUtils;

/** A temporary folder that is deleted when it is closed, and when the process is told to end. */
public final class ScratchFolder implements AutoCloseable {
  /** What is in the folder may be written to until the process has ended. */
  private static final int DELETIONS_AT_EXIT = 20;

  private static final long BETWEEN_MILLIS = 100;

  private final Path path;
  private final Thread atExit;

  /**
   * Makes it among the system's temporary files.
   *
   * @param name how its name begins
   */
  public ScratchFolder(String name) throws IOException {
    path = Files.createTempDirectory(name).toAbsolutePath();
    atExit = new Thread(this::deleteAtExit, "delete-" + name);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  void deleteAtExit() {
    try {
      for (int deletion = 0; deletion < DELETIONS_AT_EXIT; deletion++) {
        delete();
        TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    delete();
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
