package io.andon.job.frames;

import java.io.Serializable;
import java.time.Duration;

/**
 * What is believed of a frame's record.
 *
 * @param maxRecordBytes largest encoded picture, bytes
 * @param maxAhead how far a capture time may be after the record's Kafka timestamp
 * @param maxBehind how far it may be before it
 */
public record FrameBounds(int maxRecordBytes, Duration maxAhead, Duration maxBehind)
    implements Serializable {

  /** Whether a capture time is plausible for the record's Kafka timestamp. */
  boolean plausible(long capturedMicros, long recordMicros) {
    return capturedMicros <= recordMicros + micros(maxAhead)
        && capturedMicros >= recordMicros - micros(maxBehind);
  }

  private static long micros(Duration duration) {
    return duration.toMillis() * 1_000;
  }
}
