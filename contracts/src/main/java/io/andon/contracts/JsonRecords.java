package io.andon.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Puts JSON values into records. */
final class JsonRecords {
  private JsonRecords() {}

  static EncodedRecord keyedByCamera(String topic, String camera, ObjectNode json) {
    return new EncodedRecord(topic, CameraId.toKey(camera), Json.bytes(json), List.of());
  }
}
