package io.andon.quickstart.process;

/** A child did not start; the message says which, why and where its log is. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  public StartException(String message) {
    super(message);
  }
}
