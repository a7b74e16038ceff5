package io.andon.job.detect;

import io.andon.contracts.CameraId;
import io.andon.contracts.ControlCodec;
import io.andon.contracts.ControlCommand;

/**
 * A command on its way to the detector of its camera, still encoded. A POJO type of Flink.
 *
 * @param camera camera id
 * @param timestampMillis the record's Kafka timestamp, milliseconds since the epoch
 * @param value encoded command, known to be valid; not to be changed
 */
public record ControlRecord(String camera, long timestampMillis, byte[] value) {

  /** The command itself. */
  public ControlCommand command() {
    return ControlCodec.decode(CameraId.toKey(camera), value).orElseThrow();
  }
}
