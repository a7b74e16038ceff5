package io.andon.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records of {@code andon.dead-letter}: JSON, keyed by {@code topic/partition/offset} of the record
 * that was set aside, since its own key may be what is wrong with it.
 */
public final class DeadLetterCodec {
  private DeadLetterCodec() {}

  /** The dead letter as a record. */
  public static EncodedRecord encode(DeadLetterRecord letter) {
    ObjectNode json =
        Json.versioned()
            .put("topic", letter.topic())
            .put("partition", letter.partition())
            .put("offset", letter.offset())
            .put("reason", letter.reason().wireName())
            .put("detail", letter.detail());
    DeadLetterRecord.Value value = letter.value();
    if (value != null) {
      json.put("sizeBytes", value.sizeBytes()).put("sha256", value.sha256());
    }
    json.put("keyHead", base64(letter.keyHead()));
    if (value != null) {
      json.put("head", base64(value.head()));
    }
    String key = letter.topic() + "/" + letter.partition() + "/" + letter.offset();
    return new EncodedRecord(
        Topics.DEAD_LETTER, key.getBytes(StandardCharsets.UTF_8), Json.bytes(json), List.of());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Reads a dead letter; never throws. */
  public static Decoded<DeadLetterRecord> decode(byte @Nullable [] value) {
    return Json.decode(value, DeadLetterReason.BAD_VALUE, DeadLetterCodec::read);
  }

  private static DeadLetterRecord read(Fields fields) {
    return new DeadLetterRecord(
        fields.text("topic", 1, Bounds.MAX_TOPIC),
        (int) fields.integer("partition", 0, Integer.MAX_VALUE),
        fields.integer("offset", 0, Long.MAX_VALUE),
        fields.oneOf("reason", DeadLetterReason.class),
        fields.text("detail", 0, BoundedText.MAX_LENGTH),
        fields.base64("keyHead", DeadLetterRecord.HEAD_BYTES),
        value(fields));
  }

  private static DeadLetterRecord.@Nullable Value value(Fields fields) {
    if (!fields.has("sizeBytes") && !fields.has("sha256") && !fields.has("head")) {
      return null;
    }
    return new DeadLetterRecord.Value(
        fields.integer("sizeBytes", 0, Long.MAX_VALUE),
        fields.matching("sha256", DeadLetterRecord.SHA_256_PATTERN, 64),
        fields.base64("head", DeadLetterRecord.HEAD_BYTES));
  }
}
