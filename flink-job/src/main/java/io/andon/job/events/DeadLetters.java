package io.andon.job.events;

import io.andon.contracts.CameraId;
import io.andon.contracts.DeadLetterCodec;
import io.andon.contracts.DeadLetterReason;
import io.andon.contracts.DeadLetterRecord;
import io.andon.contracts.FrameRef;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.embedding.flink.RejectedFrame;
import io.andon.job.frames.RawRecord;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Sets records aside by reference, never with their picture. A dead letter has the time at which it
 * is written: with the timestamp of the record it names, which may be none or years old, the broker
 * would delete it before anybody saw it.
 */
public final class DeadLetters {
  private DeadLetters() {}

  /** A record that can't be read. */
  public static OutboundRecord of(RawRecord record, DeadLetterReason reason, String detail) {
    DeadLetterRecord letter =
        DeadLetterRecord.of(
            record.topic(),
            record.partition(),
            record.offset(),
            reason,
            detail,
            record.key(),
            record.value());
    return OutboundRecord.stampedWhenWritten(DeadLetterCodec.encode(letter));
  }

  /** A frame that can't be embedded. */
  public static OutboundRecord of(RejectedFrame frame) {
    DeadLetterRecord.Value value =
        new DeadLetterRecord.Value(
            frame.sizeBytes(), HexFormat.of().formatHex(frame.sha256()), frame.head());
    return of(frame.ref(), frame.reason(), frame.detail(), value);
  }

  /** A frame that can't be used behind the model, where its picture is gone. */
  static OutboundRecord of(EmbeddedFrame frame, DeadLetterReason reason, String detail) {
    return of(frame.ref(), reason, detail, null);
  }

  private static OutboundRecord of(
      FrameRef ref,
      DeadLetterReason reason,
      String detail,
      DeadLetterRecord.@Nullable Value value) {
    DeadLetterRecord letter =
        new DeadLetterRecord(
            ref.topic(),
            ref.partition(),
            ref.offset(),
            reason,
            detail,
            CameraId.toKey(ref.camera()),
            value);
    return OutboundRecord.stampedWhenWritten(DeadLetterCodec.encode(letter));
  }
}
