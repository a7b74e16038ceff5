package io.andon.contracts;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A record that was set aside, by reference: enough to find it and to see what it is, never the
 * picture.
 *
 * @param topic where it is
 * @param partition 0 or more
 * @param offset 0 or more
 * @param reason why it was set aside
 * @param detail what exactly is wrong; at most {@link BoundedText#MAX_LENGTH} characters
 * @param keyHead the first {@link #HEAD_BYTES} bytes of its key
 * @param value what its value looked like; null where the value was gone when it was set aside
 */
public record DeadLetterRecord(
    String topic,
    int partition,
    long offset,
    DeadLetterReason reason,
    String detail,
    byte[] keyHead,
    @Nullable Value value) {
  /** Most bytes that are kept of a key and of a value. */
  public static final int HEAD_BYTES = 64;

  static final String SHA_256_PATTERN = "[0-9a-f]{64}";

  public DeadLetterRecord {
    Bounds.text("topic", topic, Bounds.MAX_TOPIC);
    Bounds.within("partition", partition, 0, Integer.MAX_VALUE);
    Bounds.within("offset", offset, 0, Long.MAX_VALUE);
    Bounds.within("keyHead bytes", keyHead.length, 0, HEAD_BYTES);
    detail = BoundedText.of(detail);
  }

  /**
   * What a value looked like, enough to recognise it.
   *
   * @param sizeBytes its size
   * @param sha256 its SHA-256, 64 hexadecimal digits
   * @param head its first {@link #HEAD_BYTES} bytes
   */
  public record Value(long sizeBytes, String sha256, byte[] head) {
    public Value {
      Bounds.within("sizeBytes", sizeBytes, 0, Long.MAX_VALUE);
      if (!sha256.matches(SHA_256_PATTERN)) {
        throw new IllegalArgumentException("sha256 must be 64 hexadecimal digits in small letters");
      }
      Bounds.within("head bytes", head.length, 0, HEAD_BYTES);
    }
  }

  /**
   * Describes a record.
   *
   * @param topic where it is
   * @param partition where it is
   * @param offset where it is
   * @param reason why it is set aside
   * @param detail what exactly is wrong
   * @param key its key
   * @param value its value
   */
  public static DeadLetterRecord of(
      String topic,
      int partition,
      long offset,
      DeadLetterReason reason,
      String detail,
      byte @Nullable [] key,
      byte @Nullable [] value) {
    byte[] bytes = value == null ? new byte[0] : value;
    return new DeadLetterRecord(
        topic,
        partition,
        offset,
        reason,
        detail,
        head(key == null ? new byte[0] : key),
        new Value(
            bytes.length, HexFormat.of().formatHex(sha256Digest().digest(bytes)), head(bytes)));
  }

  private static byte[] head(byte[] bytes) {
    return Arrays.copyOf(bytes, Math.min(bytes.length, HEAD_BYTES));
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
