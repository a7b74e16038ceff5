package io.andon.job.events;

import io.andon.embedding.flink.EmbeddedFrame;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Embedded frames to records of the embeddings topic, or to none where nobody wants them. The stage
 * is there all the same: a job can't go on from a savepoint that has state of a sink it lacks.
 */
public final class EncodeEmbeddings implements FlatMapFunction<EmbeddedFrame, OutboundRecord> {
  private static final long serialVersionUID = 1;

  private final String framesTopic;
  private final boolean written;

  /**
   * @param framesTopic topic that frames are read from
   * @param written whether embeddings are wanted
   */
  public EncodeEmbeddings(String framesTopic, boolean written) {
    this.framesTopic = framesTopic;
    this.written = written;
  }

  @Override
  public void flatMap(EmbeddedFrame frame, Collector<OutboundRecord> out) {
    if (written) {
      new EventEncoder(framesTopic).embedding(frame).ifPresent(out::collect);
    }
  }
}
