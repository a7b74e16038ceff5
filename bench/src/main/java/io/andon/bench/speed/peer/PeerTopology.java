package io.andon.bench.speed.peer;

import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.embedding.flink.FrameRecord;
import io.andon.job.AndonTopology;
import io.andon.job.JobEnds;
import io.andon.job.JobOutput;
import io.andon.job.JobSettings;
import io.andon.job.detect.ControlRecord;
import io.andon.job.detect.DetectOperatorFactory;
import io.andon.job.detect.DetectOutputs;
import io.andon.job.events.EncodeEmbeddings;
import io.andon.job.events.OutboundRecord;
import io.andon.job.frames.FrameParser;
import io.andon.job.frames.FrameWatermarks;
import io.andon.job.frames.ParseControls;
import io.andon.job.frames.ParseFrames;
import io.andon.job.frames.RawRecord;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job with another embedding stage: source, parser, detection and sinks are the job's own, so
 * that a difference in speed is one of the stage.
 */
public final class PeerTopology {
  private static final TypeInformation<OutboundRecord> OUTBOUND =
      TypeInformation.of(OutboundRecord.class);

  private final JobSettings settings;
  private final JobEnds ends;
  private final EmbeddingStage stage;

  /** How a peer embeds. */
  @FunctionalInterface
  public interface EmbeddingStage {
    /** Adds the stage behind the parsed frames. */
    DataStream<EmbeddedFrame> embed(DataStream<FrameRecord> frames);
  }

  /**
   * @param settings the job's
   * @param ends where records come from and go to
   * @param stage what differs
   */
  public PeerTopology(JobSettings settings, JobEnds ends, EmbeddingStage stage) {
    this.settings = settings;
    this.ends = ends;
    this.stage = stage;
  }

  /** Adds the topology to an environment; nothing runs yet. */
  public void addTo(StreamExecutionEnvironment env) {
    env.configure(
        new Configuration()
            .set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ZERO)
            .set(PipelineOptions.GENERIC_TYPES, false)
            .set(PipelineOptions.OBJECT_REUSE, true));
    env.setMaxParallelism(AndonTopology.MAX_PARALLELISM);
    DataStream<EmbeddedFrame> embedded = stage.embed(frames(env));
    if (settings.embeddingsWritten()) {
      embedded
          .flatMap(new EncodeEmbeddings(settings.detect().framesTopic(), true), OUTBOUND)
          .sinkTo(ends.sink(JobOutput.EMBEDDINGS));
    }
    SingleOutputStreamOperator<OutboundRecord> incidents =
        embedded
            .connect(controls(env))
            .keyBy(frame -> frame.metadata().camera(), ControlRecord::camera, Types.STRING)
            .transform("detect", OUTBOUND, new DetectOperatorFactory(settings.detect()));
    incidents.sinkTo(ends.sink(JobOutput.INCIDENTS));
    incidents.getSideOutput(DetectOutputs.SCORES).sinkTo(ends.sink(JobOutput.SCORES));
    incidents.getSideOutput(DetectOutputs.HEALTH).sinkTo(ends.sink(JobOutput.HEALTH));
  }

  private DataStream<FrameRecord> frames(StreamExecutionEnvironment env) {
    FrameParser parser = new FrameParser(settings.frameBounds());
    WatermarkStrategy<RawRecord> watermarks =
        FrameWatermarks.strategy(
            parser, settings.disorder(), settings.idle(), settings.clock(), ends.contact());
    return env.fromSource(ends.frames(), watermarks, "frames", TypeInformation.of(RawRecord.class))
        .process(new ParseFrames(parser), FrameRecord.TYPE)
        .name("parse-frames");
  }

  private DataStream<ControlRecord> controls(StreamExecutionEnvironment env) {
    return env.fromSource(
            ends.controls(),
            WatermarkStrategy.noWatermarks(),
            "controls",
            TypeInformation.of(RawRecord.class))
        .setParallelism(1)
        .process(new ParseControls(), TypeInformation.of(ControlRecord.class))
        .setParallelism(1);
  }
}
