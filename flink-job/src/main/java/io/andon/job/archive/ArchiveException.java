package io.andon.job.archive;

/** A file of the archive that can't be used; the message says why. */
public final class ArchiveException extends Exception {
  private static final long serialVersionUID = 1L;

  ArchiveException(String message) {
    super(message);
  }
}
