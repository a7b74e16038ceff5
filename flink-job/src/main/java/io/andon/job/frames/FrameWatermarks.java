package io.andon.job.frames;

import io.andon.contracts.Decoded.Valid;
import io.andon.contracts.FrameMetadata;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event time of one partition: the latest plausible capture time less the allowed disorder. Records
 * that will be set aside don't count. A partition that never gave a frame is idle; one that fell
 * silent goes on with the wall clock, so that the last camera to fall silent has its incident
 * closed too.
 */
public final class FrameWatermarks implements WatermarkGenerator<RawRecord> {
  private static final long NONE = Long.MIN_VALUE;

  private final long disorderMillis;
  private final long idleMillis;
  private final Clock clock;
  private long latestMillis = NONE;
  private long seenAtMillis;

  FrameWatermarks(Duration disorder, Duration idle, Clock clock) {
    this.disorderMillis = disorder.toMillis();
    this.idleMillis = idle.toMillis();
    this.clock = clock;
    this.seenAtMillis = clock.millis();
  }

  /**
   * The strategy of a source of frames.
   *
   * @param parser tells which capture times are plausible
   * @param disorder how far frames may come out of order
   * @param idle wall-clock time without a frame after which a partition counts as silent
   * @param clock the wall clock; serializable
   */
  public static WatermarkStrategy<RawRecord> strategy(
      FrameParser parser, Duration disorder, Duration idle, Clock clock) {
    return WatermarkStrategy.<RawRecord>forGenerator(
            context -> new FrameWatermarks(disorder, idle, clock))
        .withTimestampAssigner((record, before) -> capturedMillis(parser, record));
  }

  private static long capturedMillis(FrameParser parser, RawRecord record) {
    return parser.metadata(record) instanceof Valid<FrameMetadata> valid
        ? Math.floorDiv(valid.value().capturedMicros(), 1_000)
        : NONE;
  }

  @Override
  public void onEvent(RawRecord record, long capturedMillis, WatermarkOutput output) {
    if (capturedMillis != NONE) {
      latestMillis = Math.max(latestMillis, capturedMillis);
      seenAtMillis = clock.millis();
      output.markActive();
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    long silentMillis = clock.millis() - seenAtMillis;
    if (latestMillis == NONE) {
      if (silentMillis > idleMillis) {
        output.markIdle();
      }
      return;
    }
    long passedMillis = silentMillis > idleMillis ? silentMillis : 0;
    output.emitWatermark(new Watermark(latestMillis + passedMillis - disorderMillis - 1));
  }
}
