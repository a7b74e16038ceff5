package io.andon.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.contracts.ControlAck.Outcome;
import org.jspecify.annotations.Nullable;

/** Records of {@code andon.control-acks}: JSON, keyed by camera. */
public final class ControlAckCodec {
  private ControlAckCodec() {}

  /** The acknowledgement as a record. */
  public static EncodedRecord encode(ControlAck ack) {
    ObjectNode json =
        Json.versioned()
            .put("commandId", ack.commandId())
            .put("camera", ack.camera())
            .put("outcome", ack.outcome().wireName());
    CapturedFrame from = ack.from();
    json.set("from", from == null ? null : from.toJson());
    json.put("late", ack.late()).put("detail", ack.detail());
    return JsonRecords.keyedByCamera(Topics.CONTROL_ACKS, ack.camera(), json);
  }

  /** Reads an acknowledgement; never throws. */
  public static Decoded<ControlAck> decode(byte @Nullable [] value) {
    return Json.decode(value, DeadLetterReason.BAD_VALUE, ControlAckCodec::read);
  }

  private static ControlAck read(Fields fields) {
    return new ControlAck(
        fields.text("commandId", 1, Bounds.MAX_ID),
        fields.camera("camera"),
        fields.oneOf("outcome", Outcome.class),
        fields.innerOrNull("from", CapturedFrame::from),
        fields.bool("late"),
        fields.text("detail", 0, BoundedText.MAX_LENGTH));
  }
}
