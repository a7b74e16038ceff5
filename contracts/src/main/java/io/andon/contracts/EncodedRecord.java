package io.andon.contracts;

import java.util.List;

/**
 * A record as it goes to Kafka. The partition follows from the key.
 *
 * @param topic topic
 * @param key key
 * @param value value
 * @param headers headers in order; empty for records that have none
 */
public record EncodedRecord(String topic, byte[] key, byte[] value, List<WireHeader> headers) {
  public EncodedRecord {
    headers = List.copyOf(headers);
  }
}
