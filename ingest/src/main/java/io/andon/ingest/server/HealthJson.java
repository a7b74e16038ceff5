package io.andon.ingest.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.ingest.camera.CameraPhase;
import io.andon.ingest.camera.CameraStatus;
import java.util.Map;

/** Writes readiness as JSON; it holds no address and no secret. */
final class HealthJson {
  private HealthJson() {}

  /**
   * Ready: the broker answers, and of every camera it is known whether it can be reached. A camera
   * that can't be reached doesn't make the service unready: the others must go on.
   */
  static boolean isReady(ServiceHealth health) {
    return health.isAlive()
        && health.isKafkaConnected()
        && health.cameras().values().stream()
            .allMatch(camera -> camera.phase() != CameraPhase.CONNECTING);
  }

  static ObjectNode of(ServiceHealth health, long nowNanos) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ready", isReady(health));
    json.put("kafkaConnected", health.isKafkaConnected());
    ObjectNode cameras = json.putObject("cameras");
    Map<String, Long> gated = health.gatedFrames();
    health
        .cameras()
        .forEach(
            (id, status) -> {
              ObjectNode camera = cameras.putObject(id);
              put(camera, status, nowNanos);
              camera.put("gatedFrames", gated.getOrDefault(id, 0L));
            });
    return json;
  }

  private static void put(ObjectNode json, CameraStatus status, long nowNanos) {
    json.put("state", status.phase().wireName());
    json.put("play", status.play());
    if (status.hadFrame()) {
      json.put("lastFrameAgeMillis", Math.max(0, nowNanos - status.lastFrameNanos()) / 1_000_000);
    }
    if (status.phase() == CameraPhase.STREAMING && status.clock() != null) {
      json.put("clock", status.clock().wireName());
    }
    if (status.lastStop() != null) {
      json.put("lastStop", status.lastStop().wireName());
    }
  }
}
