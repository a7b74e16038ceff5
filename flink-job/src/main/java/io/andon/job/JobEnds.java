package io.andon.job;

import io.andon.job.events.OutboundRecord;
import io.andon.job.frames.RawRecord;
import io.andon.job.frames.SourceContact;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/** Where a job's records come from and go to; Kafka in production, collections in tests. */
public interface JobEnds {
  /** Records of the frames topic. */
  Source<RawRecord, ?, ?> frames();

  /** Records of the control topic. */
  Source<RawRecord, ?, ?> controls();

  /** Tells whether frames could be read; a source that can't be away is heard at every look. */
  default SourceContact contact() {
    return System::nanoTime;
  }

  /** Takes what goes to one of the output topics. */
  Sink<OutboundRecord> sink(JobOutput output);
}
