package io.andon.job.frames;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka record as it was read, before anything is believed of it. A POJO type of Flink.
 *
 * @param topic topic
 * @param partition partition
 * @param offset offset
 * @param timestampMillis the record's Kafka timestamp, milliseconds since the epoch
 * @param fetchedMicros wall clock when it was read, microseconds since the epoch
 * @param key key, null where the record has none
 * @param headerNames names of the headers, in order
 * @param headerValues their values, one each; not to be changed
 * @param value value, null where the record has none; not to be changed
 */
public record RawRecord(
    String topic,
    int partition,
    long offset,
    long timestampMillis,
    long fetchedMicros,
    byte @Nullable [] key,
    String[] headerNames,
    byte[][] headerValues,
    byte @Nullable [] value) {

  /** The value of the last header of a name, or null. */
  public byte @Nullable [] header(String name) {
    int index = Arrays.asList(headerNames).lastIndexOf(name);
    return index < 0 ? null : headerValues[index];
  }

  /** The key as text; empty where there is none. */
  public String keyText() {
    return key == null ? "" : new String(key, StandardCharsets.UTF_8);
  }

  /** The value; empty where there is none. */
  public byte[] valueOrEmpty() {
    return value == null ? new byte[0] : value;
  }
}
