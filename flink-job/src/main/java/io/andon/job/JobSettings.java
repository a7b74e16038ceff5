package io.andon.job;

import io.andon.embedding.flink.EmbedSettings;
import io.andon.job.detect.DetectSettings;
import io.andon.job.frames.FrameBounds;
import java.time.Clock;
import java.time.Duration;

/**
 * All that shapes the topology but its ends and its model.
 *
 * @param frameBounds what is believed of a frame's record
 * @param disorder how far a partition's frames may come out of order, by capture time
 * @param idle wall-clock time without a frame after which a partition counts as silent
 * @param embed bounds of the embedding operator
 * @param detect how the detecting operator runs
 * @param embeddingsWritten whether pooled embeddings are given
 * @param clock the wall clock, for latencies and silence only; serializable
 */
public record JobSettings(
    FrameBounds frameBounds,
    Duration disorder,
    Duration idle,
    EmbedSettings embed,
    DetectSettings detect,
    boolean embeddingsWritten,
    Clock clock) {

  /** The same with embeddings given or not. */
  public JobSettings withEmbeddingsWritten(boolean written) {
    return new JobSettings(frameBounds, disorder, idle, embed, detect, written, clock);
  }
}
