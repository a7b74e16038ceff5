package io.andon.bench.speed;

/** What was measured counts for nothing. */
final class InvalidRunException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidRunException(String why) {
    super(why);
  }
}
