package io.andon.job.detect;

import io.andon.contracts.CameraId;
import io.andon.contracts.ControlCodec;
import io.andon.contracts.ControlCommand;
import java.util.concurrent.TimeUnit;

/**
 * A command on its way to the detector of its camera, still encoded. A POJO type of Flink.
 *
 * @param camera camera id
 * @param timestampMillis the record's Kafka timestamp, milliseconds since the epoch
 * @param value encoded command, known to be valid; not to be changed
 */
public record ControlRecord(String camera, long timestampMillis, byte[] value) {

  private static final long MOST_AHEAD_MILLIS = 5_000;

  /**
   * When the command was given, microseconds since the epoch: when its record was written. A record
   * of a later time than now has it from a clock that is wrong, and would wait for that time; it
   * counts as given now.
   *
   * @param nowMillis milliseconds since the epoch
   */
  long givenMicros(long nowMillis) {
    boolean wrong = timestampMillis > nowMillis + MOST_AHEAD_MILLIS;
    return TimeUnit.MILLISECONDS.toMicros(wrong ? nowMillis : timestampMillis);
  }

  /** The command itself. */
  public ControlCommand command() {
    return ControlCodec.decode(CameraId.toKey(camera), value).orElseThrow();
  }
}
