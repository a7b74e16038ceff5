package io.andon.job.replay;

/** A replay that can't be tried; the message says why. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
