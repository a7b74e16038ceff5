package io.andon.embedding.flink;

import io.andon.contracts.DeadLetterReason;

/** One frame is bad; the others go on. */
public final class FrameRejectedException extends Exception {
  private static final long serialVersionUID = 1;

  private final DeadLetterReason reason;

  /**
   * Sets a frame aside.
   *
   * @param reason counted and written with the dead letter
   * @param detail what is wrong with it, for people
   */
  public FrameRejectedException(DeadLetterReason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  /** Why the frame is set aside. */
  public DeadLetterReason reason() {
    return reason;
  }

  /** What is wrong with the frame. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
