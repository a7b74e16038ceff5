package io.andon.job.frames;

import io.andon.contracts.Decoded;
import io.andon.contracts.Decoded.Rejected;
import io.andon.embedding.flink.FrameRecord;
import io.andon.job.events.DeadLetters;
import io.andon.job.events.OutboundRecord;
import io.andon.job.metrics.IntakeMeters;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Records to frames; what is no frame leaves by {@link #REJECTED}. */
public final class ParseFrames extends ProcessFunction<RawRecord, FrameRecord> {
  private static final long serialVersionUID = 1;

  /** Where records go that are no frames. */
  public static final OutputTag<OutboundRecord> REJECTED =
      new OutputTag<>("unreadable-frames", TypeInformation.of(OutboundRecord.class));

  private final FrameParser parser;

  /**
   * @param parser reads the records
   */
  public ParseFrames(FrameParser parser) {
    this.parser = parser;
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<FrameRecord> frames) {
    IntakeMeters.frameRead();
    Decoded<FrameRecord> decoded = parser.parse(record);
    if (decoded instanceof Rejected<FrameRecord> rejected) {
      IntakeMeters.deadLetter(rejected.reason());
      context.output(REJECTED, DeadLetters.of(record, rejected.reason(), rejected.detail()));
    } else {
      frames.collect(decoded.orElseThrow());
    }
  }
}
