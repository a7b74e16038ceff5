package io.andon.embedding.flink;

import java.io.Serializable;
import java.time.Duration;

/**
 * Bounds of the embedding operator.
 *
 * @param maxFramesInFlight frames a subtask holds at most, 1 to 10,000; at the bound it takes no
 *     more input, which is backpressure
 * @param maxBytesInFlight bytes of encoded and decoded pictures a subtask holds at most, 1 or more;
 *     a single larger frame passes alone
 * @param maxBatch frames a batch, 1 to 1,024; the embedder's own bound holds too
 * @param maxBatchesInFlight batches the model works on at a time in this process, 1 to 64; 0 for as
 *     many as the embedder says pay ({@link io.andon.embedding.Embedder#parallelCalls})
 * @param decodeThreads threads of its own a subtask decodes with, 1 to 64; 0 for none where the
 *     model's threads keep every core busy, which decode what they take, and for two elsewhere
 * @param flushDeadline the longest that a checkpoint barrier waits for frames in flight; then the
 *     task fails
 */
public record EmbedSettings(
    int maxFramesInFlight,
    long maxBytesInFlight,
    int maxBatch,
    int maxBatchesInFlight,
    int decodeThreads,
    Duration flushDeadline)
    implements Serializable {
  public EmbedSettings {
    requireRange("maxFramesInFlight", maxFramesInFlight, 1, 10_000);
    requireRange("maxBytesInFlight", maxBytesInFlight, 1, Long.MAX_VALUE);
    requireRange("maxBatch", maxBatch, 1, 1_024);
    requireRange("maxBatchesInFlight", maxBatchesInFlight, 0, 64);
    requireRange("decodeThreads", decodeThreads, 0, 64);
    requireRange("flushDeadline in ms", flushDeadline.toMillis(), 1, Integer.MAX_VALUE);
  }

  /** 64 frames or 64 MiB a subtask, batches of up to 8, as many as pay, decoding where it pays. */
  public static EmbedSettings defaults() {
    return new EmbedSettings(64, 64L << 20, 8, 0, 0, Duration.ofSeconds(30));
  }

  private static void requireRange(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " is " + value + ", " + min + " to " + max + " are allowed");
    }
  }
}
