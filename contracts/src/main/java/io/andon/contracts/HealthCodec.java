package io.andon.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.contracts.HealthEvent.Fault;
import io.andon.contracts.HealthEvent.Source;
import org.jspecify.annotations.Nullable;

/** Records of {@code andon.health}: JSON, keyed by camera. */
public final class HealthCodec {
  private HealthCodec() {}

  /** The event as a record. */
  public static EncodedRecord encode(HealthEvent event) {
    ObjectNode json =
        Json.versioned()
            .put("camera", event.camera())
            .put("fault", event.fault().wireName())
            .put("active", event.active())
            .put("source", event.source().wireName())
            .put("atMicros", event.atMicros());
    CapturedFrame frame = event.frame();
    json.set("frame", frame == null ? null : frame.toJson());
    json.put("detail", event.detail());
    return JsonRecords.keyedByCamera(Topics.HEALTH, event.camera(), json);
  }

  /** Reads an event; never throws. */
  public static Decoded<HealthEvent> decode(byte @Nullable [] value) {
    return Json.decode(value, DeadLetterReason.BAD_VALUE, HealthCodec::read);
  }

  private static HealthEvent read(Fields fields) {
    return new HealthEvent(
        fields.camera("camera"),
        fields.oneOf("fault", Fault.class),
        fields.bool("active"),
        fields.oneOf("source", Source.class),
        fields.integer("atMicros", 0, Bounds.MAX_MICROS),
        fields.innerOrNull("frame", CapturedFrame::from),
        fields.text("detail", 0, BoundedText.MAX_LENGTH));
  }
}
