package io.andon.job.frames;

import io.andon.contracts.ControlCodec;
import io.andon.contracts.ControlCommand;
import io.andon.contracts.Decoded;
import io.andon.contracts.Decoded.Rejected;
import io.andon.job.detect.ControlRecord;
import io.andon.job.events.DeadLetters;
import io.andon.job.events.OutboundRecord;
import io.andon.job.metrics.IntakeMeters;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Records to commands; what is no command leaves by {@link #REJECTED}. */
public final class ParseControls extends ProcessFunction<RawRecord, ControlRecord> {
  private static final long serialVersionUID = 1;

  /** Where records go that are no commands. */
  public static final OutputTag<OutboundRecord> REJECTED =
      new OutputTag<>("unreadable-commands", TypeInformation.of(OutboundRecord.class));

  @Override
  public void processElement(RawRecord record, Context context, Collector<ControlRecord> out) {
    Decoded<ControlCommand> decoded = ControlCodec.decode(record.key(), record.value());
    if (decoded instanceof Rejected<ControlCommand> rejected) {
      IntakeMeters.deadLetter(rejected.reason());
      context.output(REJECTED, DeadLetters.of(record, rejected.reason(), rejected.detail()));
    } else {
      String camera = decoded.orElseThrow().camera();
      out.collect(new ControlRecord(camera, record.timestampMillis(), record.valueOrEmpty()));
    }
  }
}
