package io.andon.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A frame and when it was captured.
 *
 * @param frame where the frame is
 * @param capturedMicros capture time, microseconds since the epoch
 */
public record CapturedFrame(FrameRef frame, long capturedMicros) {
  public CapturedFrame {
    Bounds.text("topic", frame.topic(), Bounds.MAX_TOPIC);
    Bounds.within("partition", frame.partition(), 0, Integer.MAX_VALUE);
    Bounds.within("offset", frame.offset(), 0, Long.MAX_VALUE);
    CameraId.require(frame.camera());
    Bounds.within("play", frame.play(), 0, Long.MAX_VALUE);
    Bounds.within("seq", frame.seq(), 0, Long.MAX_VALUE);
    Bounds.micros("capturedMicros", capturedMicros);
  }

  /** The camera that captured it. */
  public String camera() {
    return frame.camera();
  }

  ObjectNode toJson() {
    return Json.object()
        .put("topic", frame.topic())
        .put("partition", frame.partition())
        .put("offset", frame.offset())
        .put("camera", frame.camera())
        .put("play", frame.play())
        .put("seq", frame.seq())
        .put("capturedMicros", capturedMicros);
  }

  static CapturedFrame from(Fields fields) {
    FrameRef frame =
        new FrameRef(
            fields.text("topic", 1, Bounds.MAX_TOPIC),
            (int) fields.integer("partition", 0, Integer.MAX_VALUE),
            fields.integer("offset", 0, Long.MAX_VALUE),
            fields.camera("camera"),
            fields.integer("play", 0, Long.MAX_VALUE),
            fields.integer("seq", 0, Long.MAX_VALUE));
    return new CapturedFrame(frame, fields.integer("capturedMicros", 0, Bounds.MAX_MICROS));
  }
}
