package io.andon.detection;

/** A snapshot that can't be restored. */
public final class SnapshotException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  SnapshotException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why it can't be restored. */
  public Reason reason() {
    return reason;
  }

  /** Why a snapshot can't be restored. */
  public enum Reason {
    /** The bytes are no snapshot, or were damaged. */
    CORRUPT,
    /** Written by a later version of the codec. */
    UNKNOWN_VERSION,
    /** The state of another camera. */
    OTHER_CAMERA
  }
}
