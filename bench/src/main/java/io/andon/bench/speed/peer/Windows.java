package io.andon.bench.speed.peer;

import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.embedding.flink.FrameRecord;
import io.andon.embedding.flink.PictureDecoderFactory;
import io.andon.job.AndonTopology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.GlobalWindows;
import org.apache.flink.streaming.api.windowing.triggers.CountTrigger;
import org.apache.flink.streaming.api.windowing.triggers.ProcessingTimeoutTrigger;
import org.apache.flink.streaming.api.windowing.triggers.PurgingTrigger;
import org.apache.flink.streaming.api.windowing.windows.GlobalWindow;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Windows that close when a batch is full or its first frame has waited long enough, keyed into one
 * group a subtask so that all cores work.
 */
public final class Windows
    extends ProcessWindowFunction<FrameRecord, EmbeddedFrame, Integer, GlobalWindow>
    implements PeerTopology.EmbeddingStage {
  private static final long serialVersionUID = 1;
  private static final Duration LONGEST_WAIT = Duration.ofMillis(20);

  private final EmbedderFactory embedders;
  private final PictureDecoderFactory decoders;
  private final int maxBatch;
  private transient @Nullable PictureWork work;

  /**
   * A stage on the job's model and decoder.
   *
   * @param maxBatch frames a window at most
   */
  public Windows(EmbedderFactory embedders, PictureDecoderFactory decoders, int maxBatch) {
    this.embedders = embedders;
    this.decoders = decoders;
    this.maxBatch = maxBatch;
  }

  @Override
  public DataStream<EmbeddedFrame> embed(DataStream<FrameRecord> frames) {
    int[] groups = groups(frames.getExecutionEnvironment().getParallelism());
    return frames
        .keyBy(frame -> groups[frame.ref().partition() % groups.length], Types.INT)
        .window(GlobalWindows.create())
        .trigger(
            PurgingTrigger.of(
                ProcessingTimeoutTrigger.of(CountTrigger.of(maxBatch), LONGEST_WAIT, false, true)))
        .process(this, EmbeddedFrame.TYPE)
        .name("embed-windows");
  }

  /** A key for each subtask, which Flink's own hash sends there. */
  private static int[] groups(int subtasks) {
    int[] groups = new int[subtasks];
    int found = 0;
    for (int key = 0; found < subtasks; key++) {
      int subtask =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              key, AndonTopology.MAX_PARALLELISM, subtasks);
      if (subtask == found) {
        groups[found++] = key;
      }
    }
    return groups;
  }

  @Override
  public void open(OpenContext context) {
    work = new PictureWork(embedders, decoders);
  }

  @Override
  public void process(
      Integer group, Context context, Iterable<FrameRecord> frames, Collector<EmbeddedFrame> out) {
    PictureWork open = Objects.requireNonNull(work);
    List<PictureWork.Ready> batch = new ArrayList<>();
    frames.forEach(frame -> batch.add(open.decode(frame)));
    if (!batch.isEmpty()) {
      open.embed(batch).forEach(out::collect);
    }
  }

  @Override
  public void close() {
    if (work != null) {
      work.close();
      work = null;
    }
  }
}
