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
            .put("detail", letter.detail())
            .put("sizeBytes", letter.sizeBytes())
            .put("sha256", letter.sha256())
            .put("keyHead", Base64.getEncoder().encodeToString(letter.keyHead()))
            .put("head", Base64.getEncoder().encodeToString(letter.head()));
    String key = letter.topic() + "/" + letter.partition() + "/" + letter.offset();
    return new EncodedRecord(
        Topics.DEAD_LETTER, key.getBytes(StandardCharsets.UTF_8), Json.bytes(json), List.of());
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
        fields.integer("sizeBytes", 0, Long.MAX_VALUE),
        fields.matching("sha256", DeadLetterRecord.SHA_256_PATTERN, 64),
        fields.base64("keyHead", DeadLetterRecord.HEAD_BYTES),
        fields.base64("head", DeadLetterRecord.HEAD_BYTES));
  }
}
