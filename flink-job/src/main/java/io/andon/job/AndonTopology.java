package io.andon.job;

import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.flink.EmbedOperatorFactory;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.embedding.flink.FrameRecord;
import io.andon.embedding.flink.PictureDecoderFactory;
import io.andon.embedding.flink.RejectedFrame;
import io.andon.job.detect.ControlRecord;
import io.andon.job.detect.DetectOperatorFactory;
import io.andon.job.detect.DetectOutputs;
import io.andon.job.events.DeadLetters;
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
 * The one topology, whatever its ends: frames are parsed and embedded where they are read, so that
 * pictures are never shuffled; embeddings are keyed by camera and meet the camera's detector and
 * its commands. Every operator has a stable uid, so that state outlives a new version of the job.
 */
public final class AndonTopology {
  /** Fixed for good: it decides which subtask may hold which camera's state. */
  public static final int MAX_PARALLELISM = 720;

  private static final TypeInformation<OutboundRecord> OUTBOUND =
      TypeInformation.of(OutboundRecord.class);

  private final JobSettings settings;
  private final JobEnds ends;
  private final EmbedderFactory embedders;
  private final PictureDecoderFactory decoders;

  /**
   * @param settings shapes the topology
   * @param ends where records come from and go to
   * @param embedders finds the model of a process
   * @param decoders decodes pictures
   */
  public AndonTopology(
      JobSettings settings,
      JobEnds ends,
      EmbedderFactory embedders,
      PictureDecoderFactory decoders) {
    this.settings = settings;
    this.ends = ends;
    this.embedders = embedders;
    this.decoders = decoders;
  }

  /** Adds the topology to an environment; nothing runs yet. */
  public void addTo(StreamExecutionEnvironment env) {
    env.configure(pipelineOptions());
    env.setMaxParallelism(MAX_PARALLELISM);
    SingleOutputStreamOperator<FrameRecord> frames = frames(env);
    SingleOutputStreamOperator<EmbeddedFrame> embedded = embedded(frames);
    SingleOutputStreamOperator<ControlRecord> controls = controls(env);
    SingleOutputStreamOperator<OutboundRecord> incidents = detected(embedded, controls);

    sink(incidents, JobOutput.INCIDENTS);
    sink(incidents.getSideOutput(DetectOutputs.SCORES), JobOutput.SCORES);
    sink(incidents.getSideOutput(DetectOutputs.HEALTH), JobOutput.HEALTH);
    sink(incidents.getSideOutput(DetectOutputs.CONTROL_ACKS), JobOutput.CONTROL_ACKS);
    sink(
        frames
            .getSideOutput(ParseFrames.REJECTED)
            .union(
                rejectedByEmbedding(embedded),
                controls.getSideOutput(ParseControls.REJECTED),
                incidents.getSideOutput(DetectOutputs.DEAD_LETTERS)),
        JobOutput.DEAD_LETTERS);
    sink(encodedEmbeddings(embedded), JobOutput.EMBEDDINGS);
  }

  /**
   * Kryo never, and no copies between chained operators: every type here is immutable. A record
   * fills several network buffers, so the last of them is sent at once instead of after the 100 ms
   * that Flink would wait for another record to fill it.
   */
  private static Configuration pipelineOptions() {
    return new Configuration()
        .set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ZERO)
        .set(PipelineOptions.GENERIC_TYPES, false)
        .set(PipelineOptions.OBJECT_REUSE, true);
  }

  private SingleOutputStreamOperator<FrameRecord> frames(StreamExecutionEnvironment env) {
    FrameParser parser = new FrameParser(settings.frameBounds());
    WatermarkStrategy<RawRecord> watermarks =
        FrameWatermarks.strategy(
            parser, settings.disorder(), settings.idle(), settings.clock(), ends.contact());
    return env.fromSource(ends.frames(), watermarks, "frames", TypeInformation.of(RawRecord.class))
        .uid("frames")
        .process(new ParseFrames(parser), FrameRecord.TYPE)
        .uid("parse-frames")
        .name("parse-frames");
  }

  private SingleOutputStreamOperator<EmbeddedFrame> embedded(DataStream<FrameRecord> frames) {
    return frames
        .transform(
            "embed",
            EmbeddedFrame.TYPE,
            new EmbedOperatorFactory(embedders, decoders, settings.embed(), settings.clock()))
        .uid("embed");
  }

  private SingleOutputStreamOperator<ControlRecord> controls(StreamExecutionEnvironment env) {
    return env.fromSource(
            ends.controls(),
            WatermarkStrategy.noWatermarks(),
            "controls",
            TypeInformation.of(RawRecord.class))
        .uid("controls")
        .setParallelism(1)
        .process(new ParseControls(), TypeInformation.of(ControlRecord.class))
        .uid("parse-controls")
        .name("parse-controls")
        .setParallelism(1);
  }

  private SingleOutputStreamOperator<OutboundRecord> detected(
      DataStream<EmbeddedFrame> embedded, DataStream<ControlRecord> controls) {
    return embedded
        .connect(controls)
        .keyBy(frame -> frame.metadata().camera(), ControlRecord::camera, Types.STRING)
        .transform("detect", OUTBOUND, new DetectOperatorFactory(settings.detect()))
        .uid("detect");
  }

  private static DataStream<OutboundRecord> rejectedByEmbedding(
      SingleOutputStreamOperator<EmbeddedFrame> embedded) {
    DataStream<RejectedFrame> rejected = embedded.getSideOutput(EmbedOperatorFactory.REJECTED);
    return rejected.map(DeadLetters::of, OUTBOUND).uid("encode-rejected").name("encode-rejected");
  }

  private DataStream<OutboundRecord> encodedEmbeddings(DataStream<EmbeddedFrame> embedded) {
    return embedded
        .flatMap(
            new EncodeEmbeddings(settings.detect().framesTopic(), settings.embeddingsWritten()),
            OUTBOUND)
        .uid("encode-embeddings")
        .name("encode-embeddings");
  }

  private void sink(DataStream<OutboundRecord> records, JobOutput output) {
    records.sinkTo(ends.sink(output)).uid(output.uid()).name(output.uid());
  }
}
