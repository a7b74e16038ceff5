package io.andon.contracts;

/**
 * Why a record was set aside. Each is a label value of {@code andon_dead_letters_records_total}.
 */
public enum DeadLetterReason implements WireNamed {
  BAD_KEY("bad-key"),
  MISSING_HEADER("missing-header"),
  BAD_HEADER("bad-header"),
  UNKNOWN_VERSION("unknown-version"),
  /** The value of a record other than a frame is not what its topic holds. */
  BAD_VALUE("bad-value"),
  EMPTY_PICTURE("empty-picture"),
  OVERSIZED_RECORD("oversized-record"),
  OVERSIZED_PICTURE("oversized-picture"),
  UNDECODABLE_PICTURE("undecodable-picture"),
  SIZE_MISMATCH("size-mismatch"),
  CAPTURE_TIME_OUT_OF_RANGE("capture-time-out-of-range"),
  STALE_PLAY("stale-play"),
  DUPLICATE_SEQUENCE("duplicate-sequence"),
  INVALID_EMBEDDING("invalid-embedding"),
  /** A frame repeats a picture that detection does not have: it was lost or set aside. */
  MISSING_REFERENCE("missing-reference"),
  /** A frame was written before its camera was retired, and read again after that. */
  RETIRED("retired"),
  BAD_COMMAND("bad-command");

  private final String wireName;

  DeadLetterReason(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
