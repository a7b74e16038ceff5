package io.andon.job.events;

import io.andon.contracts.ScoreRecord.LatencyStage;
import io.andon.embedding.flink.EmbeddedFrame;
import java.util.EnumMap;
import java.util.Map;

/** Time spent in each stage, by the wall clock; clocks of two machines may disagree, never < 0. */
final class Latencies {
  private Latencies() {}

  static Map<LatencyStage, Long> of(EmbeddedFrame frame, long detectedMicros) {
    Map<LatencyStage, Long> micros = new EnumMap<>(LatencyStage.class);
    long captured = frame.metadata().capturedMicros();
    long fetched = frame.times().fetchedMicros();
    long decoded = frame.times().decodedMicros();
    long embedded = frame.times().embeddedMicros();
    put(micros, LatencyStage.INGEST, captured, frame.recordTimestampMicros());
    put(micros, LatencyStage.QUEUE, frame.recordTimestampMicros(), fetched);
    put(micros, LatencyStage.DECODE, fetched, decoded);
    put(micros, LatencyStage.EMBED, decoded, embedded);
    put(micros, LatencyStage.DETECT, embedded, detectedMicros);
    put(micros, LatencyStage.TOTAL, captured, detectedMicros);
    return micros;
  }

  private static void put(
      Map<LatencyStage, Long> micros, LatencyStage stage, long begin, long end) {
    micros.put(stage, Math.max(0, end - begin));
  }
}
