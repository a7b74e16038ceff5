package io.andon.quickstart.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what a crashed job left behind. */
final class Checkpoints {
  private static final String METADATA = "_metadata";
  // <folder>/<job id>/chk-<n>/_metadata
  private static final int DEPTH = 3;

  private Checkpoints() {}

  /**
   * The newest completed checkpoint: Flink writes the metadata file last, so a folder without one
   * was not completed.
   *
   * @param folder Flink's checkpoint folder, over the job ids
   */
  static Optional<Path> newest(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      return files
          .filter(file -> file.endsWith(METADATA))
          .max(Comparator.comparing(Checkpoints::modified))
          .map(Path::getParent);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
