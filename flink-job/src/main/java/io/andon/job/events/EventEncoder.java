package io.andon.job.events;

import io.andon.contracts.CapturedFrame;
import io.andon.contracts.ClockSource;
import io.andon.contracts.ControlAck;
import io.andon.contracts.ControlAckCodec;
import io.andon.contracts.DeadLetterReason;
import io.andon.contracts.EmbeddingCodec;
import io.andon.contracts.EmbeddingRecord;
import io.andon.contracts.EncodedRecord;
import io.andon.contracts.FrameRef;
import io.andon.contracts.HealthCodec;
import io.andon.contracts.HealthEvent;
import io.andon.contracts.IncidentCodec;
import io.andon.contracts.ScoreCodec;
import io.andon.contracts.ScoreRecord;
import io.andon.detection.CommandApplied;
import io.andon.detection.FrameStamp;
import io.andon.detection.HealthChange;
import io.andon.detection.IncidentChange;
import io.andon.detection.Verdict;
import io.andon.embedding.flink.EmbeddedFrame;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Puts what detection says into the contracts' records. Everything but a score's latencies is a
 * pure function of frames and commands, the record's timestamp too.
 */
public final class EventEncoder {
  private final String framesTopic;

  /**
   * @param framesTopic topic that frames are read from
   */
  public EventEncoder(String framesTopic) {
    this.framesTopic = framesTopic;
  }

  /** A step in the life of an incident. */
  public OutboundRecord incident(String camera, ClockSource clock, IncidentChange change) {
    return at(
        change.current(),
        IncidentCodec.encode(IncidentEvents.of(camera, clock, change, s -> frame(camera, s))));
  }

  /** A camera fault that begins or ends. */
  public OutboundRecord health(String camera, HealthChange change) {
    HealthEvent event =
        new HealthEvent(
            camera,
            HealthEvent.Fault.valueOf(change.fault().name()),
            change.active(),
            HealthEvent.Source.JOB,
            change.at().capturedMicros(),
            frame(camera, change.at()),
            "");
    return at(change.at(), HealthCodec.encode(event));
  }

  /**
   * The score of a frame.
   *
   * @param detectedMicros wall clock when it was scored, microseconds since the epoch
   */
  public OutboundRecord score(EmbeddedFrame frame, Verdict verdict, long detectedMicros) {
    ScoreRecord score =
        new ScoreRecord(
            new CapturedFrame(frame.ref(), frame.metadata().capturedMicros()),
            verdict.score(),
            verdict.pValue(),
            ScoreRecord.State.valueOf(verdict.state().name()),
            verdict.warmUpProgress(),
            Latencies.of(frame, detectedMicros),
            frame.metadata().sameAs());
    return at(verdict.stamp(), ScoreCodec.encode(score));
  }

  /**
   * The pooled embedding of a frame; nothing where it has no picture of its own, or where values
   * aren't finite, which detection dead-letters.
   */
  public Optional<OutboundRecord> embedding(EmbeddedFrame frame) {
    if (frame.metadata().repeatsPicture()) {
      return Optional.empty();
    }
    float[] pooled = frame.ownEmbedding().pooled();
    for (float value : pooled) {
      if (!Float.isFinite(value)) {
        return Optional.empty();
      }
    }
    long capturedMicros = frame.metadata().capturedMicros();
    EmbeddingRecord record =
        EmbeddingRecord.quantised(
            new CapturedFrame(frame.ref(), capturedMicros), frame.spaceId(), pooled);
    return Optional.of(
        OutboundRecord.of(
            TimeUnit.MICROSECONDS.toMillis(capturedMicros), EmbeddingCodec.encode(record)));
  }

  /** A command acts, or is refused at the frame it should have acted on. */
  public OutboundRecord applied(String camera, CommandApplied applied) {
    return at(
        applied.from(),
        ControlAckCodec.encode(
            new ControlAck(
                applied.commandId(),
                camera,
                applied.refused() ? ControlAck.Outcome.REJECTED : ControlAck.Outcome.APPLIED,
                applied.refused() ? null : frame(camera, applied.from()),
                applied.late(),
                applied.detail())));
  }

  /**
   * A command is not taken.
   *
   * @param why for people; one line
   * @param timestampMillis Kafka timestamp of the command, milliseconds since the epoch: the time
   *     it acts from is whatever its sender wrote
   */
  public OutboundRecord refused(String camera, String commandId, String why, long timestampMillis) {
    return OutboundRecord.of(
        timestampMillis,
        ControlAckCodec.encode(
            new ControlAck(commandId, camera, ControlAck.Outcome.REJECTED, null, false, why)));
  }

  /** A frame that can't be used, known only behind the model. */
  public OutboundRecord deadLetter(EmbeddedFrame frame, DeadLetterReason reason, String detail) {
    return DeadLetters.of(frame, reason, detail);
  }

  private CapturedFrame frame(String camera, FrameStamp stamp) {
    return new CapturedFrame(
        new FrameRef(
            framesTopic, stamp.partition(), stamp.offset(), camera, stamp.play(), stamp.seq()),
        stamp.capturedMicros());
  }

  private static OutboundRecord at(FrameStamp stamp, EncodedRecord record) {
    return OutboundRecord.of(TimeUnit.MICROSECONDS.toMillis(stamp.capturedMicros()), record);
  }
}
