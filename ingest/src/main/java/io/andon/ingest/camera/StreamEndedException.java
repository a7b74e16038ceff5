package io.andon.ingest.camera;

/** A connection to a camera ended; the outcome is always a new connection after a pause. */
public final class StreamEndedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final StopReason reason;

  /**
   * Tells an end.
   *
   * @param reason why
   * @param detail for people; free of secrets
   */
  public StreamEndedException(StopReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  /** Why the connection ended. */
  public StopReason reason() {
    return reason;
  }

  /** The reason in words, free of secrets. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
