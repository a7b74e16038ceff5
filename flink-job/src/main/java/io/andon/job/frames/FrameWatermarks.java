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
 * closed too. Time counts as silence only while this process runs, its source is heard of and no
 * old frames are being worked off: frames may wait where they can't be read yet.
 */
public final class FrameWatermarks implements WatermarkGenerator<RawRecord> {
  private static final long NONE = Long.MIN_VALUE;

  private final long disorderMillis;
  private final long idleMillis;
  private final Reading reading;
  private long latestMillis = NONE;
  private long silentMillis;
  private long lookedAtMillis;

  FrameWatermarks(Duration disorder, Duration idle, Reading reading) {
    this.disorderMillis = disorder.toMillis();
    this.idleMillis = idle.toMillis();
    this.reading = reading;
    this.lookedAtMillis = reading.lookMillis();
  }

  /**
   * The strategy of a source of frames.
   *
   * @param parser tells which capture times are plausible
   * @param disorder how far frames may come out of order
   * @param idle wall-clock time without a frame after which a partition counts as silent; also how
   *     old a record may be when it is read for its subtask to count as caught up
   * @param clock the wall clock; serializable
   * @param contact tells whether frames could be read
   */
  public static WatermarkStrategy<RawRecord> strategy(
      FrameParser parser, Duration disorder, Duration idle, Clock clock, SourceContact contact) {
    Reading reading = new Reading(idle, clock, contact);
    return WatermarkStrategy.<RawRecord>forGenerator(
            context -> new FrameWatermarks(disorder, idle, reading))
        .withTimestampAssigner((record, before) -> capturedMillis(parser, record));
  }

  private static long capturedMillis(FrameParser parser, RawRecord record) {
    return parser.metadata(record) instanceof Valid<FrameMetadata> valid
        ? Math.floorDiv(valid.value().capturedMicros(), 1_000)
        : NONE;
  }

  @Override
  public void onEvent(RawRecord record, long capturedMillis, WatermarkOutput output) {
    reading.read(record);
    if (capturedMillis != NONE) {
      latestMillis = Math.max(latestMillis, capturedMillis);
      silentMillis = 0;
      output.markActive();
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    countSilence();
    if (latestMillis == NONE) {
      if (silentMillis > idleMillis) {
        output.markIdle();
      }
      return;
    }
    long passedMillis = silentMillis > idleMillis ? silentMillis : 0;
    output.emitWatermark(new Watermark(latestMillis + passedMillis - disorderMillis - 1));
  }

  private void countSilence() {
    long now = reading.lookMillis();
    if (!reading.hasBegun() || reading.isCaughtUp()) {
      silentMillis += now - lookedAtMillis;
    }
    lookedAtMillis = now;
  }
}
