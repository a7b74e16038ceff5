package io.andon.embedding.picture;

import io.andon.contracts.DeadLetterReason;
import io.andon.embedding.Picture;

/** The outcome of decoding one record's bytes. */
public sealed interface DecodeResult {
  /** A picture. */
  record Decoded(Picture picture) implements DecodeResult {}

  /**
   * No picture.
   *
   * @param reason where the record goes
   * @param detail what is wrong, for people; no bytes of the picture
   */
  record Rejected(DeadLetterReason reason, String detail) implements DecodeResult {}
}
