package io.andon.bench.evaluate;

import java.io.IOException;
import java.util.Optional;

/**
 * The masks of a set that can't be read or are not there: what they are of is left out of the pixel
 * figures, and told once.
 */
final class MasksLeftOut {
  /** Reads a mask, or an archive of them. */
  interface Reading<T> {
    /** What is read. */
    T read() throws IOException;
  }

  private final String set;
  private final Progress progress;
  private int unreadable;
  private String firstUnreadable = "";
  private int missing;
  private String firstMissing = "";

  MasksLeftOut(String set, Progress progress) {
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
      if (unreadable++ == 0) {
        firstUnreadable = name + ": " + e.getMessage();
      }
      return Optional.empty();
    }
  }

  /**
   * An anomalous picture that has no mask, in a set that has some.
   *
   * @param name of the picture, for people
   */
  void lacking(String name) {
    if (missing++ == 0) {
      firstMissing = name;
    }
  }

  /** Says how many there were, if any. */
  void tell() {
    if (unreadable > 0) {
      progress.note(
          String.format(
              "%s: %d masks can't be read, no pixel figures of them; %s",
              set, unreadable, firstUnreadable));
    }
    if (missing > 0) {
      progress.note(
          String.format(
              "%s: %d anomalous pictures have no mask, no pixel figures of them; the first is %s",
              set, missing, firstMissing));
    }
  }
}
