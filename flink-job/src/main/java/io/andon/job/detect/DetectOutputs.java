package io.andon.job.detect;

import io.andon.job.events.OutboundRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** What the detecting operator gives beside incidents. */
public final class DetectOutputs {
  private static final TypeInformation<OutboundRecord> TYPE =
      TypeInformation.of(OutboundRecord.class);

  /** A small record a frame. */
  public static final OutputTag<OutboundRecord> SCORES = new OutputTag<>("scores", TYPE);

  /** Camera faults that begin or end. */
  public static final OutputTag<OutboundRecord> HEALTH = new OutputTag<>("health", TYPE);

  /** What became of commands. */
  public static final OutputTag<OutboundRecord> CONTROL_ACKS =
      new OutputTag<>("control-acks", TYPE);

  /** Frames set aside behind the shuffle. */
  public static final OutputTag<OutboundRecord> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TYPE);

  private DetectOutputs() {}
}
