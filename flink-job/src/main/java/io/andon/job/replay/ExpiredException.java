package io.andon.job.replay;

/** What a replay needs is no longer there; the message says what. */
final class ExpiredException extends Exception {
  private static final long serialVersionUID = 1L;

  ExpiredException(String message) {
    super(message);
  }
}
