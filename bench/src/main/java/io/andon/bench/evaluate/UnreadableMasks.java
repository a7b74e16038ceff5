package io.andon.bench.evaluate;

import java.io.IOException;
import java.util.Optional;

/** The masks of a set that can't be read: they are left out of the pixel figures, and told once. */
final class UnreadableMasks {
  /** Reads a mask, or an archive of them. */
  interface Reading<T> {
    /** What is read. */
    T read() throws IOException;
  }

  private final String set;
  private final Progress progress;
  private int count;
  private String first = "";

  UnreadableMasks(String set, Progress progress) {
    this.set = set;
    this.progress = progress;
  }

  /**
   * What is read; nothing where it can't be.
   *
   * @param name of the file, for people
   */
  <T> Optional<T> read(String name, Reading<T> reading) {
    try {
      return Optional.of(reading.read());
    } catch (IOException e) {
      if (count++ == 0) {
        first = name + ": " + e.getMessage();
      }
      return Optional.empty();
    }
  }

  /** Says how many there were, if any. */
  void tell() {
    if (count > 0) {
      progress.note(
          String.format(
              "%s: %d masks can't be read, no pixel figures of them; %s", set, count, first));
    }
  }
}
