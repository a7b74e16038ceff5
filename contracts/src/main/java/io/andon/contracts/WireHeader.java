package io.andon.contracts;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A header of a Kafka record.
 *
 * @param name name
 * @param value UTF-8 text; null where a foreign producer wrote none
 */
public record WireHeader(String name, byte @Nullable [] value) {
  /** A header that holds text. */
  public static WireHeader of(String name, String text) {
    return new WireHeader(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The value as text, bytes that are no UTF-8 replaced; null where there is none. */
  public @Nullable String text() {
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }
}
