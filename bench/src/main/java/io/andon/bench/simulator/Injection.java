package io.andon.bench.simulator;

import java.util.OptionalLong;

/**
 * An anomaly that was shown: the truth that incidents are set against.
 *
 * @param id unique within a truth file
 * @param camera camera that shows it
 * @param kind what went wrong
 * @param startMicros time of the first picture that shows it, microseconds since the epoch
 * @param endMicros time of the first picture that no longer shows it; empty while it lasts
 * @param box where it was seen first
 */
public record Injection(
    String id, String camera, AnomalyKind kind, long startMicros, OptionalLong endMicros, Box box) {
  Injection endedAt(long micros) {
    return new Injection(id, camera, kind, startMicros, OptionalLong.of(micros), box);
  }
}
