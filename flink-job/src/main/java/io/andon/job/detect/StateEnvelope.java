package io.andon.job.detect;

import io.andon.contracts.ClockSource;
import java.nio.ByteBuffer;

/**
 * What is kept of a camera in Flink's state: a version, the one timer that is registered for it,
 * and the detector's own versioned snapshot.
 *
 * @param timerMillis event time of the registered timer, {@link #NO_TIMER} if there is none
 * @param clock which clock gave the last frame's capture time
 * @param snapshot the detector's snapshot
 */
record StateEnvelope(long timerMillis, ClockSource clock, byte[] snapshot) {
  static final long NO_TIMER = Long.MAX_VALUE;

  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 1 + Long.BYTES + 1;

  /** A fresh array: what was handed to Flink before is never changed. */
  byte[] encoded() {
    return ByteBuffer.allocate(HEADER_BYTES + snapshot.length)
        .put(VERSION)
        .putLong(timerMillis)
        .put((byte) (clock == ClockSource.SENDER ? 1 : 0))
        .put(snapshot)
        .array();
  }

  /**
   * @throws IllegalStateException if the bytes are of a version that this job doesn't know
   */
  static StateEnvelope decoded(byte[] bytes) {
    if (bytes.length < HEADER_BYTES || bytes[0] != VERSION) {
      throw new IllegalStateException(
          "state of a camera has "
              + bytes.length
              + " bytes and version "
              + (bytes.length == 0 ? "none" : bytes[0])
              + ", this job reads version "
              + VERSION);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).position(1);
    long timerMillis = buffer.getLong();
    ClockSource clock = buffer.get() == 1 ? ClockSource.SENDER : ClockSource.ARRIVAL;
    byte[] snapshot = new byte[buffer.remaining()];
    buffer.get(snapshot);
    return new StateEnvelope(timerMillis, clock, snapshot);
  }
}
