package io.andon.job.events;

import io.andon.embedding.flink.EmbeddedFrame;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Embedded frames to records of the embeddings topic. */
public final class EncodeEmbeddings implements FlatMapFunction<EmbeddedFrame, OutboundRecord> {
  private static final long serialVersionUID = 1;

  private final String framesTopic;

  /**
   * @param framesTopic topic that frames are read from
   */
  public EncodeEmbeddings(String framesTopic) {
    this.framesTopic = framesTopic;
  }

  @Override
  public void flatMap(EmbeddedFrame frame, Collector<OutboundRecord> out) {
    new EventEncoder(framesTopic).embedding(frame).ifPresent(out::collect);
  }
}
