package io.andon.job.events;

import io.andon.contracts.EncodedRecord;
import io.andon.contracts.WireHeader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record as it will lie on a topic: encoded once, so that every sink writes the same bytes. A
 * POJO type of Flink.
 *
 * @param timestampMillis the record's Kafka timestamp, milliseconds since the epoch; {@link
 *     #WHEN_WRITTEN} leaves it to the producer's clock
 * @param key key
 * @param headerNames names of the headers, in order
 * @param headerValues their values, one each; not to be changed
 * @param value value; not to be changed
 */
public record OutboundRecord(
    long timestampMillis, byte[] key, String[] headerNames, byte[][] headerValues, byte[] value) {

  /** In place of a timestamp. */
  public static final long WHEN_WRITTEN = -1;

  /**
   * An encoded record with its timestamp. What answers a record without one (-1) has that of its
   * writing: Kafka takes no negative one, and would delete one of 1970 at once.
   */
  public static OutboundRecord of(long timestampMillis, EncodedRecord record) {
    return stamped(Math.max(WHEN_WRITTEN, timestampMillis), record);
  }

  /** An encoded record whose timestamp is that of its writing. */
  public static OutboundRecord stampedWhenWritten(EncodedRecord record) {
    return stamped(WHEN_WRITTEN, record);
  }

  private static OutboundRecord stamped(long timestampMillis, EncodedRecord record) {
    String[] names = record.headers().stream().map(WireHeader::name).toArray(String[]::new);
    byte[][] values = record.headers().stream().map(WireHeader::value).toArray(byte[][]::new);
    return new OutboundRecord(timestampMillis, record.key(), names, values, record.value());
  }

  /** The value of a header as text, or null. */
  public @Nullable String header(String name) {
    int index = Arrays.asList(headerNames).indexOf(name);
    return index < 0 ? null : new String(headerValues[index], StandardCharsets.UTF_8);
  }

  /** The key as text. */
  public String keyText() {
    return new String(key, StandardCharsets.UTF_8);
  }

  /** The value as text. */
  public String valueText() {
    return new String(value, StandardCharsets.UTF_8);
  }
}
