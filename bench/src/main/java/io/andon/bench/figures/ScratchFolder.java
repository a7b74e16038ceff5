package io.andon.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.FileUtils;

/**
 * A temporary folder that is deleted when it is closed, and when the process is told to end: then
 * after what was left to do of {@link ExitActions} by those who came later.
 */
public final class ScratchFolder implements AutoCloseable {
  /** What is in the folder may be written to until the process has ended. */
  private static final int DELETIONS_AT_EXIT = 20;

  private static final long BETWEEN_MILLIS = 100;

  private final Path path;
  private final ExitActions.Registration atExit;
  private boolean kept;

  /**
   * Makes it among the system's temporary files.
   *
   * @param name how its name begins
   */
  public ScratchFolder(String name) throws IOException {
    path = Files.createTempDirectory(name).toAbsolutePath();
    atExit = ExitActions.OF_THIS_PROCESS.add(this::deleteAtExit);
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

  /** Leaves it where it is, since what is in it is wanted; not if the process ends already. */
  public void keep() {
    kept |= atExit.withdraw();
  }

  @Override
  public void close() {
    if (atExit.withdraw() && !kept) {
      delete();
    }
  }
}
