package io.andon.bench.speed.peer;

import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.embedding.flink.FrameRecord;
import io.andon.embedding.flink.PictureDecoderFactory;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/** A synchronous prediction for each record in a map function, with the job's own work on it. */
public final class PerRecord extends RichMapFunction<FrameRecord, EmbeddedFrame>
    implements PeerTopology.EmbeddingStage {
  private static final long serialVersionUID = 1;

  private final EmbedderFactory embedders;
  private final PictureDecoderFactory decoders;
  private transient @Nullable PictureWork work;

  /** A stage on the job's model and decoder. */
  public PerRecord(EmbedderFactory embedders, PictureDecoderFactory decoders) {
    this.embedders = embedders;
    this.decoders = decoders;
  }

  @Override
  public DataStream<EmbeddedFrame> embed(DataStream<FrameRecord> frames) {
    return frames.map(this, EmbeddedFrame.TYPE);
  }

  @Override
  public void open(OpenContext context) {
    work = new PictureWork(embedders, decoders);
  }

  @Override
  public EmbeddedFrame map(FrameRecord frame) {
    PictureWork open = Objects.requireNonNull(work);
    return open.embed(List.of(open.decode(frame))).get(0);
  }

  @Override
  public void close() {
    if (work != null) {
      work.close();
      work = null;
    }
  }
}
