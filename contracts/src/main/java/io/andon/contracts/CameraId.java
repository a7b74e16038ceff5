package io.andon.contracts;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of camera ids, {@value #PATTERN}: safe as a Kafka key, a metric's label, a file name
 * and a part of a URL.
 */
public final class CameraId {
  /** The grammar as a regular expression. */
  public static final String PATTERN = "[a-z0-9][a-z0-9._-]{0,63}";

  /** Longest id, in characters. */
  public static final int MAX_LENGTH = 64;

  private CameraId() {}

  /** Whether the text is a camera id. */
  public static boolean isValid(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || !isLetterOrDigit(text.charAt(0))) {
      return false;
    }
    return text.chars().allMatch(c -> isLetterOrDigit(c) || c == '.' || c == '_' || c == '-');
  }

  /**
   * The text itself.
   *
   * @throws IllegalArgumentException if it is no camera id
   */
  public static String require(String text) {
    if (!isValid(text)) {
      throw new IllegalArgumentException(
          "camera is " + BoundedText.quoted(text) + ", allowed is " + PATTERN);
    }
    return text;
  }

  /** A camera id as a record's key. */
  public static byte[] toKey(String camera) {
    return require(camera).getBytes(StandardCharsets.UTF_8);
  }

  /** The camera id that a record's key holds; empty if it holds none. */
  public static Optional<String> fromKey(byte @Nullable [] key) {
    if (key == null || key.length == 0 || key.length > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
      return Optional.of(text).filter(CameraId::isValid);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
